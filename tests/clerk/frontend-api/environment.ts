import { Hono } from "hono";
import type { Instance } from "../instance.ts";
import { environmentJson } from "../wire/environment-json.ts";
import { noFields } from "./form-fields.ts";
import { parseForm } from "./request.ts";

/** `GET|PATCH /v1/environment`: the instance settings for ClerkJS. */
export function environmentRoutes(instance: Instance): Hono {
  return new Hono()
    .get("/environment", (c) => c.json(environmentJson(instance)))
    .patch("/environment", async (c) => {
      await parseForm(c, noFields);
      return c.json(environmentJson(instance));
    });
}
