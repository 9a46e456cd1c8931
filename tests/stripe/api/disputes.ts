import { Hono } from "hono";
import { z } from "zod";
import type { Instance } from "../instance.ts";
import { disputes } from "../state/disputes.ts";
import { disputeJson } from "../wire/dispute-json.ts";
import { resourceMissing } from "../wire/errors.ts";
import type { ApiEnv } from "./context.ts";
import { expand } from "./expand.ts";
import { expandShape } from "./fields.ts";
import { listJson, listPage } from "./lists.ts";
import { ofPayment, ofPaymentShape } from "./of-payment.ts";
import { jsonResponse } from "./responses.ts";
import { validate } from "./validate.ts";

const path = "/disputes";

export function disputeRoutes(instance: Instance): Hono<ApiEnv> {
  const { db } = instance;
  return new Hono<ApiEnv>()
    .get(path, (c) => {
      const filter = validate(z.strictObject(ofPaymentShape), c.get("parameters"));
      const conditions = ofPayment(c.get("livemode"), filter);
      const options = { table: disputes, tableName: "disputes", type: "dispute", conditions };
      const { data, hasMore } = listPage(db, options, filter);
      const list = listJson(`/v1${path}`, data.map(disputeJson), hasMore);
      return jsonResponse(expand(instance, list, filter.expand));
    })
    .get(`${path}/:id`, (c) => {
      const { expand: paths } = validate(z.strictObject(expandShape), c.get("parameters"));
      const id = c.req.param("id");
      const dispute = disputes.find(db, id);
      if (dispute === undefined || dispute.livemode !== c.get("livemode")) {
        throw resourceMissing("dispute", id, "dispute");
      }
      return jsonResponse(expand(instance, disputeJson(dispute), paths));
    });
}
