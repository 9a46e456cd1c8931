import { Hono } from "hono";
import { ControlError } from "../local-service/control/errors.ts";
import { localRequestsOnly } from "../local-service/control/guard.ts";
import type { Handler } from "../local-service/listen.ts";
import { stripeApi } from "./api/routes.ts";
import { controlApi } from "./control/api.ts";
import { controlPage } from "./control/page/routes.ts";
import type { Instance } from "./instance.ts";
import { payPages } from "./pay/routes.ts";
import type { Timekeeper } from "./payments/timekeeper.ts";

/** Serves the API, the hosted pages and the control page on one port. */
export function httpHandler(
  instance: Instance,
  timekeeper: Timekeeper,
  log: (line: string) => void,
): Handler {
  const app = new Hono();
  app.route("/v1", stripeApi(instance, log));
  app.route("/pay", payPages(instance));
  app.use("/control/*", localRequestsOnly);
  app.route("/control", controlApi(instance));
  app.all("/control/*", (c) => c.notFound());
  app.route("/", controlPage(instance));
  app.notFound((c) => c.json({ error: { message: "Not found" } }, 404));
  app.onError((error, c) => {
    if (error instanceof ControlError) {
      return c.json({ error: { message: error.message, param: error.field } }, error.status);
    }
    log(`error ${c.req.method} ${c.req.path}: ${error.stack}`);
    return c.json({ error: { message: "Internal error" } }, 500);
  });

  return async (request, env) => {
    timekeeper.check();
    const response = await app.fetch(request, env);
    timekeeper.check();
    const { pathname } = new URL(request.url);
    if (pathname.startsWith("/v1/")) log(`${request.method} ${pathname} ${response.status}`);
    return response;
  };
}
