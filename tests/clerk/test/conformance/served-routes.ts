import type { Hono } from "hono";
import { onTestFinished } from "vitest";
import { systemClock } from "../../../local-service/clock.ts";
import { createInstance, type Instance } from "../../instance.ts";
import { openDatabase } from "../../state/database.ts";

/** The routes of an API as `GET /users/:id`, without middleware. */
export function servedRoutes(createApi: (instance: Instance) => Hono): string[] {
  const db = openDatabase(":memory:");
  const webhookUrl = "http://127.0.0.1:9/";
  const options = { db, clock: systemClock, webhookUrl, retryDelayScale: 0, log: () => {} };
  const instance = createInstance(options);
  onTestFinished(async () => {
    await instance.dispatcher.close();
    db.close();
  });
  return createApi(instance)
    .routes.filter(({ path }) => !path.includes("*"))
    .map(({ method, path }) => `${method} ${path}`);
}
