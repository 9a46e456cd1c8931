import { Hono } from "hono";
import { sharedControlApi } from "../../local-service/control/api.ts";
import { readBody } from "../../local-service/control/input.ts";
import type { Instance } from "../instance.ts";
import { settingsPatchSchema } from "../state/settings.ts";
import { publish } from "../webhooks/publish.ts";
import {
  confirmOnPage,
  expireNow,
  losePending,
  payOnPage,
  resetState,
  restoreState,
  saveState,
  settleNow,
} from "./actions.ts";
import {
  closeDisputeSchema,
  confirmSchema,
  disputeSchema,
  eventInputSchema,
  paySchema,
  refundSchema,
  settleRefundSchema,
  settleSchema,
} from "./protocol.ts";
import {
  closeDisputeNow,
  disputeNow,
  refundInDashboard,
  settleRefundNow,
} from "./refund-actions.ts";

const done = { done: true };

/** The JSON control API, mounted at `/control`. */
export function controlApi(instance: Instance): Hono {
  return new Hono()
    .route("/", sharedControlApi(instance))
    .route("/", paymentRoutes(instance))
    .route("/", refundRoutes(instance))
    .route("/", otherRoutes(instance));
}

function paymentRoutes(instance: Instance): Hono {
  return new Hono()
    .post("/sessions/:id/pay", async (c) =>
      c.json(payOnPage(instance, c.req.param("id"), await readBody(c, paySchema))),
    )
    .post("/sessions/:id/confirm", async (c) =>
      c.json(confirmOnPage(instance, c.req.param("id"), await readBody(c, confirmSchema))),
    )
    .post("/sessions/:id/expire", (c) => {
      expireNow(instance, c.req.param("id"));
      return c.json(done);
    })
    .post("/payments/:id/settle", async (c) => {
      settleNow(instance, c.req.param("id"), await readBody(c, settleSchema));
      return c.json(done);
    });
}

function refundRoutes(instance: Instance): Hono {
  return new Hono()
    .post("/payments/:id/refund", async (c) => {
      const input = await readBody(c, refundSchema);
      return c.json({ id: refundInDashboard(instance, c.req.param("id"), input) });
    })
    .post("/refunds/:id/settle", async (c) => {
      settleRefundNow(instance, c.req.param("id"), await readBody(c, settleRefundSchema));
      return c.json(done);
    })
    .post("/payments/:id/dispute", async (c) => {
      const input = await readBody(c, disputeSchema);
      return c.json({ id: disputeNow(instance, c.req.param("id"), input) });
    })
    .post("/disputes/:id/close", async (c) => {
      closeDisputeNow(instance, c.req.param("id"), await readBody(c, closeDisputeSchema));
      return c.json(done);
    });
}

function otherRoutes(instance: Instance): Hono {
  return new Hono()
    .post("/events", async (c) => {
      const event = await readBody(c, eventInputSchema);
      const { id } = instance.db.transaction(() => publish(instance, event));
      return c.json({ id });
    })
    .post("/webhooks/lose-pending", (c) => {
      losePending(instance);
      return c.json(done);
    })
    .get("/settings", (c) => c.json(instance.settings()))
    .patch("/settings", async (c) =>
      c.json(instance.changeSettings(await readBody(c, settingsPatchSchema))),
    )
    .post("/reset", (c) => {
      resetState(instance);
      return c.json(done);
    })
    .post("/save", (c) => {
      saveState(instance);
      return c.json(done);
    })
    .post("/restore", (c) => {
      restoreState(instance);
      return c.json(done);
    });
}
