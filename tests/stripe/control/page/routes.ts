import { Hono } from "hono";
import { z } from "zod";
import { chaosRoutes } from "../../../local-service/control/chaos-routes.ts";
import { errorPage } from "../../../local-service/control/error-page.ts";
import { ControlError, validateInput } from "../../../local-service/control/errors.ts";
import { localRequestsOnly } from "../../../local-service/control/guard.ts";
import { pageNumber, readForm } from "../../../local-service/control/input.ts";
import { securityHeaders } from "../../../local-service/control/security-headers.ts";
import { styles } from "../../../local-service/control/styles.ts";
import { webhookRoutes } from "../../../local-service/control/webhook-routes.ts";
import type { Instance } from "../../instance.ts";
import { settingsPatchSchema } from "../../state/settings.ts";
import { expireNow, requirePayment, requireSession, resetState, settleNow } from "../actions.ts";
import { closeDisputeSchema, settleRefundSchema, settleSchema } from "../protocol.ts";
import {
  closeDisputeNow,
  disputeNow,
  refundInDashboard,
  settleRefundNow,
} from "../refund-actions.ts";
import { objectPage } from "./object-page.ts";
import { paymentsPage } from "./payments-page.ts";
import { sessionsPage } from "./sessions-page.ts";
import { settingsForm, settingsPage } from "./settings-page.ts";

/** The control page, mounted at `/`. Forms use POST and redirect. */
export function controlPage(instance: Instance): Hono {
  const routes = new Hono();
  routes.use(localRequestsOnly, securityHeaders);
  routes.route("/", views(instance));
  routes.route("/", actions(instance));
  routes.route("/", refundActions(instance));
  routes.route("/", chaosRoutes(instance));
  routes.route(
    "/",
    webhookRoutes(instance, ({ subjectId }) => subjectId),
  );
  routes.onError((error, c) => {
    if (error instanceof ControlError) return c.html(errorPage(instance, error), error.status);
    throw error;
  });
  return routes;
}

function views(instance: Instance): Hono {
  return new Hono()
    .get("/styles.css", (c) => c.body(styles, 200, { "content-type": "text/css; charset=utf-8" }))
    .get("/", (c) => c.html(sessionsPage(instance, pageNumber(c))))
    .get("/payments", (c) => c.html(paymentsPage(instance, pageNumber(c))))
    .get("/objects/:id", (c) => c.html(objectPage(instance, c.req.param("id"))))
    .get("/settings", (c) => c.html(settingsPage(instance)));
}

function actions(instance: Instance): Hono {
  return new Hono()
    .post("/sessions/:id/expire", (c) => {
      const { id } = requireSession(instance, c.req.param("id"));
      expireNow(instance, id);
      return c.redirect("/", 303);
    })
    .post("/payments/:id/settle", async (c) => {
      const { id } = requirePayment(instance, c.req.param("id"));
      settleNow(instance, id, await readForm(c, settleSchema));
      return c.redirect("/payments", 303);
    })
    .post("/settings", async (c) => {
      const form = await readForm(c, settingsForm);
      instance.changeSettings(validateInput(settingsPatchSchema, form));
      return c.redirect("/settings", 303);
    })
    .post("/reset", (c) => {
      resetState(instance);
      return c.redirect("/", 303);
    });
}

function refundActions(instance: Instance): Hono {
  return new Hono()
    .post("/payments/:id/refund", async (c) => {
      const { amount } = await readForm(c, refundForm);
      const id = c.req.param("id");
      refundInDashboard(instance, id, { reason: null, ...(amount === "" ? {} : { amount }) });
      return c.redirect("/payments", 303);
    })
    .post("/refunds/:id/settle", async (c) => {
      settleRefundNow(instance, c.req.param("id"), await readForm(c, settleRefundSchema));
      return c.redirect("/payments", 303);
    })
    .post("/payments/:id/dispute", (c) => {
      disputeNow(instance, c.req.param("id"), { reason: "fraudulent" });
      return c.redirect("/payments", 303);
    })
    .post("/disputes/:id/close", async (c) => {
      closeDisputeNow(instance, c.req.param("id"), await readForm(c, closeDisputeSchema));
      return c.redirect("/payments", 303);
    });
}

const refundForm = z.object({ amount: z.literal("").or(z.coerce.number().int().min(1)) });
