import type { Hono } from "hono";
import { inspectRoutes } from "hono/dev";
import { onTestFinished } from "vitest";
import { systemClock } from "../../../local-service/clock.ts";
import { createInstance, type Instance } from "../../instance.ts";
import { openDatabase } from "../../state/database.ts";

/** The routes of an API as `GET /users/:id`, without middleware. */
export function servedRoutes(createApi: (instance: Instance) => Hono): string[] {
  const db = openDatabase(":memory:");
  const webhookUrl = "http://127.0.0.1:9/";
  const instance = createInstance({
    db,
    clock: systemClock,
    webhookUrl,
    retryDelayScale: 0,
    log: () => {},
    setup: "local",
  });
  onTestFinished(async () => {
    await instance.dispatcher.close();
    db.close();
  });
  return inspectRoutes(createApi(instance))
    .filter(({ isMiddleware }) => !isMiddleware)
    .map(({ method, path }) => `${method} ${path}`);
}
