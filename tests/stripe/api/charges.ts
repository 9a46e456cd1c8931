import { Hono } from "hono";
import { z } from "zod";
import type { Instance } from "../instance.ts";
import { charges } from "../state/payments.ts";
import { resourceMissing } from "../wire/errors.ts";
import { chargeJson } from "../wire/payment-json.ts";
import type { ApiEnv } from "./context.ts";
import { expand } from "./expand.ts";
import { created, expandShape, pageShape, text } from "./fields.ts";
import { createdWithin, listJson, listPage, ofMode } from "./lists.ts";
import { jsonResponse } from "./responses.ts";
import { validate } from "./validate.ts";

const path = "/charges";

const filterSchema = z.strictObject({
  ...pageShape,
  created: created.optional(),
  payment_intent: text().optional(),
});

export function chargeRoutes(instance: Instance): Hono<ApiEnv> {
  const { db } = instance;
  return new Hono<ApiEnv>()
    .get(path, (c) => {
      const { expand: paths, ...filter } = validate(filterSchema, c.get("parameters"));
      const { payment_intent } = filter;
      const ofPayment =
        payment_intent === undefined
          ? []
          : [{ sql: "payment_intent = ?", values: [payment_intent] }];
      const conditions = [
        ofMode(c.get("livemode")),
        ...createdWithin(filter.created),
        ...ofPayment,
      ];
      const options = { table: charges, tableName: "charges", type: "charge", conditions };
      const { data, hasMore } = listPage(db, options, filter);
      const list = listJson(`/v1${path}`, data.map(chargeJson), hasMore);
      return jsonResponse(expand(instance, list, paths));
    })
    .get(`${path}/:id`, (c) => {
      const { expand: paths } = validate(z.strictObject(expandShape), c.get("parameters"));
      const id = c.req.param("id");
      const charge = charges.find(db, id);
      if (charge === undefined || charge.livemode !== c.get("livemode")) {
        throw resourceMissing("charge", id, "id");
      }
      return jsonResponse(expand(instance, chargeJson(charge), paths));
    });
}
