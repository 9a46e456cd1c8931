import { Hono } from "hono";
import { z } from "zod";
import type { Instance } from "../instance.ts";
import { createRefund } from "../payments/refund.ts";
import { refundReasons, refunds } from "../state/refunds.ts";
import { resourceMissing } from "../wire/errors.ts";
import { refundJson } from "../wire/refund-json.ts";
import { type ApiEnv, causeOf } from "./context.ts";
import { expand } from "./expand.ts";
import { amount, expandShape, metadata, text } from "./fields.ts";
import { listJson, listPage } from "./lists.ts";
import { ofPayment, ofPaymentShape } from "./of-payment.ts";
import { jsonResponse } from "./responses.ts";
import { validate } from "./validate.ts";

const path = "/refunds";

const newRefundSchema = z.strictObject({
  ...expandShape,
  amount: amount.optional(),
  charge: text().optional(),
  metadata: metadata.default({}),
  payment_intent: text().optional(),
  reason: z.enum(refundReasons).optional(),
});

export function refundRoutes(instance: Instance): Hono<ApiEnv> {
  const { db } = instance;
  return new Hono<ApiEnv>()
    .post(path, (c) => {
      const { expand: paths, ...parameters } = validate(newRefundSchema, c.get("parameters"));
      const request = {
        chargeId: parameters.charge,
        paymentIntentId: parameters.payment_intent,
        amount: parameters.amount,
        reason: parameters.reason ?? null,
        metadata: parameters.metadata,
      };
      const livemode = c.get("livemode");
      const refund = db.transaction(() => createRefund(instance, request, livemode, causeOf(c)));
      return jsonResponse(expand(instance, refundJson(refund), paths));
    })
    .get(path, (c) => {
      const filter = validate(z.strictObject(ofPaymentShape), c.get("parameters"));
      const conditions = ofPayment(c.get("livemode"), filter);
      const options = { table: refunds, tableName: "refunds", type: "refund", conditions };
      const { data, hasMore } = listPage(db, options, filter);
      const list = listJson(`/v1${path}`, data.map(refundJson), hasMore);
      return jsonResponse(expand(instance, list, filter.expand));
    })
    .get(`${path}/:id`, (c) => {
      const { expand: paths } = validate(z.strictObject(expandShape), c.get("parameters"));
      const id = c.req.param("id");
      const refund = refunds.find(db, id);
      if (refund === undefined || refund.livemode !== c.get("livemode")) {
        throw resourceMissing("refund", id, "refund");
      }
      return jsonResponse(expand(instance, refundJson(refund), paths));
    });
}
