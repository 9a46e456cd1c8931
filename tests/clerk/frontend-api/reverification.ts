import { type Context, Hono } from "hono";
import { z } from "zod";
import {
  prepareReverification,
  reverifyFirstFactor,
  reverifySecondFactor,
  startReverification,
} from "../accounts/reverification.ts";
import { secondFactorStrategies } from "../accounts/second-factors.ts";
import type { Instance } from "../instance.ts";
import type { Session } from "../state/sessions.ts";
import { reverificationJson } from "../wire/reverification-json.ts";
import { reverificationMissing } from "../wire/second-factor-errors.ts";
import { requireClient } from "./browser-client.ts";
import { codeField, passwordField } from "./form-fields.ts";
import { authorizedParty, parseForm, pathId, respond, sessionOfClient } from "./request.ts";

const startForm = z.strictObject({
  level: z.enum(["first_factor", "second_factor", "multi_factor"]),
});
const prepareForm = z.strictObject({
  strategy: z.literal("email_code"),
  email_address_id: z.string().optional(),
});
const attemptFirstForm = z.discriminatedUnion("strategy", [
  z.strictObject({ strategy: z.literal("password"), password: passwordField }),
  z.strictObject({ strategy: z.literal("email_code"), code: codeField }),
]);
const attemptSecondForm = z.strictObject({
  strategy: z.enum(secondFactorStrategies),
  code: codeField,
});

/** `/v1/client/sessions/:id/verify`: a signed-in user proves again who they are. */
export function reverificationRoutes(instance: Instance): Hono {
  const path = "/client/sessions/:id/verify";
  return new Hono()
    .post(path, async (c) => {
      const { level } = await parseForm(c, startForm);
      return answer(instance, c, (session) => startReverification(instance, session, level));
    })
    .post(`${path}/prepare_first_factor`, async (c) => {
      const { email_address_id: id } = await parseForm(c, prepareForm);
      return answer(instance, c, (session) => prepareReverification(instance, session, id));
    })
    .post(`${path}/attempt_first_factor`, async (c) => {
      const form = await parseForm(c, attemptFirstForm);
      return answer(instance, c, (session) => reverifyFirstFactor(instance, session, form));
    })
    .post(`${path}/attempt_second_factor`, async (c) => {
      const form = await parseForm(c, attemptSecondForm);
      return answer(instance, c, (session) => reverifySecondFactor(instance, session, form));
    });
}

function answer(instance: Instance, c: Context, step: (session: Session) => Session): Response {
  const session = step(sessionOfClient(instance, requireClient(instance, c), pathId(c)));
  if (session.reverification === null) throw reverificationMissing();
  const party = authorizedParty(c);
  return respond(instance, c, reverificationJson(instance, session, session.reverification, party));
}
