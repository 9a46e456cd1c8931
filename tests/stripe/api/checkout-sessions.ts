import { Hono } from "hono";
import { z } from "zod";
import type { Instance } from "../instance.ts";
import { createSession } from "../payments/create-session.ts";
import { expireSession } from "../payments/expire-session.ts";
import { type Session, sessions } from "../state/sessions.ts";
import { resourceMissing, StripeError } from "../wire/errors.ts";
import { lineItemJson, sessionJson } from "../wire/session-json.ts";
import { type ApiContext, type ApiEnv, causeOf } from "./context.ts";
import { expand } from "./expand.ts";
import { created, expandShape, pageShape, text } from "./fields.ts";
import { createdWithin, listJson, listPage, ofMode } from "./lists.ts";
import { newSessionSchema } from "./new-session.ts";
import { jsonResponse } from "./responses.ts";
import { validate } from "./validate.ts";

const path = "/checkout/sessions";
const expandSchema = z.strictObject(expandShape);

const filterSchema = z.strictObject({
  ...pageShape,
  created: created.optional(),
  payment_intent: text().optional(),
  status: z.enum(["open", "complete", "expired"]).optional(),
});

export function checkoutSessionRoutes(instance: Instance): Hono<ApiEnv> {
  const { db } = instance;
  const respond = (session: Session, paths: string[] | undefined) =>
    jsonResponse(expand(instance, sessionJson(instance, session), paths));
  return new Hono<ApiEnv>()
    .post(path, (c) => {
      const { expand: paths, ...parameters } = validate(newSessionSchema, c.get("parameters"));
      return respond(createSession(instance, parameters, c.get("livemode")), paths);
    })
    .get(path, (c) => {
      const { expand: paths, ...filter } = validate(filterSchema, c.get("parameters"));
      const { data, hasMore } = listSessions(instance, c.get("livemode"), filter);
      const items = data.map((session) => sessionJson(instance, session));
      return jsonResponse(expand(instance, listJson(`/v1${path}`, items, hasMore), paths));
    })
    .get(`${path}/:id`, (c) => {
      const { expand: paths } = validate(expandSchema, c.get("parameters"));
      return respond(findSession(instance, c), paths);
    })
    .post(`${path}/:id/expire`, (c) => {
      const { expand: paths } = validate(expandSchema, c.get("parameters"));
      const session = findSession(instance, c);
      if (session.status !== "open") throw notOpen(session);
      return respond(
        db.transaction(() => expireSession(instance, session, causeOf(c))),
        paths,
      );
    })
    .get(`${path}/:id/line_items`, (c) => {
      validate(z.strictObject(pageShape), c.get("parameters"));
      const session = findSession(instance, c);
      const items = session.lineItems.map((item) => lineItemJson(session, item));
      return jsonResponse(listJson(`/v1${path}/${session.id}/line_items`, items, false));
    });
}

function listSessions({ db }: Instance, livemode: boolean, filter: z.output<typeof filterSchema>) {
  const { status, payment_intent } = filter;
  const conditions = [
    ofMode(livemode),
    ...createdWithin(filter.created),
    ...(status === undefined ? [] : [{ sql: "status = ?", values: [status] }]),
    ...(payment_intent === undefined
      ? []
      : [{ sql: "payment_intent = ?", values: [payment_intent] }]),
  ];
  const type = "checkout.session";
  return listPage(
    db,
    { table: sessions, tableName: "checkout_sessions", type, conditions },
    filter,
  );
}

/** @throws {StripeError} 404, also for a session of the other mode. */
function findSession({ db }: Instance, c: ApiContext): Session {
  const id = c.req.param("id") ?? "";
  const session = sessions.find(db, id);
  if (session === undefined || session.livemode !== c.get("livemode")) {
    throw resourceMissing("checkout.session", id, "session");
  }
  return session;
}

const notOpen = ({ status }: Session) =>
  new StripeError(
    400,
    `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${status}\`.`,
  );
