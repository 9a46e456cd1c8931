import { Hono } from "hono";
import type { Instance } from "../instance.ts";
import { environmentJson } from "../wire/environment-json.ts";

/** `GET|PATCH /v1/environment`: the instance settings for ClerkJS. */
export function environmentRoutes(instance: Instance): Hono {
  return new Hono()
    .get("/environment", (c) => c.json(environmentJson(instance)))
    .patch("/environment", (c) => c.json(environmentJson(instance)));
}
