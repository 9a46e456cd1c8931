import { Hono } from "hono";
import { z } from "zod";
import type { Instance } from "../instance.ts";
import { paymentIntents } from "../state/payments.ts";
import { resourceMissing } from "../wire/errors.ts";
import { paymentIntentJson } from "../wire/payment-json.ts";
import type { ApiEnv } from "./context.ts";
import { expand } from "./expand.ts";
import { created, expandShape, pageShape } from "./fields.ts";
import { createdWithin, listJson, listPage, ofMode } from "./lists.ts";
import { jsonResponse } from "./responses.ts";
import { validate } from "./validate.ts";

const path = "/payment_intents";
const filterSchema = z.strictObject({ ...pageShape, created: created.optional() });

export function paymentIntentRoutes(instance: Instance): Hono<ApiEnv> {
  const { db } = instance;
  return new Hono<ApiEnv>()
    .get(path, (c) => {
      const { expand: paths, ...filter } = validate(filterSchema, c.get("parameters"));
      const conditions = [ofMode(c.get("livemode")), ...createdWithin(filter.created)];
      const type = "payment_intent";
      const options = { table: paymentIntents, tableName: "payment_intents", type, conditions };
      const { data, hasMore } = listPage(db, options, filter);
      const list = listJson(`/v1${path}`, data.map(paymentIntentJson), hasMore);
      return jsonResponse(expand(instance, list, paths));
    })
    .get(`${path}/:id`, (c) => {
      const { expand: paths } = validate(z.strictObject(expandShape), c.get("parameters"));
      const id = c.req.param("id");
      const intent = paymentIntents.find(db, id);
      if (intent === undefined || intent.livemode !== c.get("livemode")) {
        throw resourceMissing("payment_intent", id, "intent");
      }
      return jsonResponse(expand(instance, paymentIntentJson(intent), paths));
    });
}
