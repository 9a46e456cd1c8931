import { Hono } from "hono";
import type { Instance } from "../instance.ts";
import { createClient } from "../state/clients.ts";
import { onlyInDevelopment } from "../wire/source-errors.ts";
import { noFields } from "./form-fields.ts";
import { parseForm } from "./request.ts";

/** `POST /v1/dev_browser`: registers a new browser. */
export function devBrowserRoutes({ db, clock, deployment }: Instance): Hono {
  return new Hono().post("/dev_browser", async (c) => {
    await parseForm(c, noFields);
    if (deployment.isProduction) throw onlyInDevelopment();
    const { devBrowserId } = createClient(db, clock);
    return c.json({ object: "dev_browser", id: devBrowserId, token: devBrowserId });
  });
}
