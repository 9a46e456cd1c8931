import { Hono } from "hono";
import { ControlError } from "../local-service/control/errors.ts";
import { localRequestsOnly } from "../local-service/control/guard.ts";
import type { Handler } from "../local-service/listen.ts";
import { backendApi } from "./backend-api/routes.ts";
import { controlApi } from "./control/api.ts";
import { controlPage } from "./control/page/routes.ts";
import { clerkJsRoutes } from "./frontend-api/clerk-js.ts";
import { imageRoutes } from "./frontend-api/images.ts";
import { applyMethodOverride } from "./frontend-api/method-override.ts";
import { frontendApi, jwksRoutes } from "./frontend-api/routes.ts";
import type { Instance } from "./instance.ts";
import { ClerkError, notFound } from "./wire/errors.ts";

/** Serves all APIs and the control page on one port. */
export function httpHandler(instance: Instance, log: (line: string) => void): Handler {
  const app = new Hono();
  app.route("/v1", frontendApi(instance));
  app.route("/bapi/v1", backendApi(instance));
  app.route("/", clerkJsRoutes(instance));
  app.route("/", imageRoutes(instance));
  app.route("/", jwksRoutes(instance));
  app.use("/control/*", localRequestsOnly);
  app.route("/control", controlApi(instance));
  for (const api of ["/v1/*", "/bapi/*", "/npm/*", "/images/*", "/control/*"])
    app.all(api, (c) => c.notFound());
  app.route("/", controlPage(instance));
  app.notFound((c) => c.json(notFound().toJSON(), 404));
  app.onError((error, c) => {
    const known = error instanceof ControlError ? clerkError(error) : error;
    if (known instanceof ClerkError) return c.json(known.toJSON(), known.status);
    log(`error ${c.req.method} ${c.req.path}: ${error.stack}`);
    return c.json(internalError, 500);
  });

  return async (incoming, env) => {
    const request = await applyMethodOverride(incoming);
    const response = await app.fetch(request, env);
    const { pathname } = new URL(request.url);
    if (/^\/(v1|bapi)\//.test(pathname)) log(`${request.method} ${pathname} ${response.status}`);
    return response;
  };
}

const internalError = {
  errors: [
    {
      code: "internal_clerk_error",
      message: "Oops, an unexpected error occurred",
      long_message:
        "There was an internal error on our servers. We've been notified and are working on fixing it.",
    },
  ],
};

function clerkError({ status, message, field }: ControlError): ClerkError {
  const codes = {
    403: "control_forbidden",
    404: "resource_not_found",
    422: "form_param_format_invalid",
  } as const;
  return new ClerkError(status, codes[status], message, field);
}
