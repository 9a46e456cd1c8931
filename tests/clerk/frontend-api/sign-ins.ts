import { Hono } from "hono";
import { z } from "zod";
import { secondFactorStrategies } from "../accounts/second-factors.ts";
import {
  attemptCode,
  attemptPassword,
  getSignIn,
  prepareFirstFactor,
  resetPassword,
  signInWithTicket,
  startSignIn,
} from "../accounts/sign-in.ts";
import { attemptSecondFactor, prepareSecondFactor } from "../accounts/sign-in-second-factor.ts";
import type { Instance } from "../instance.ts";
import type { SignIn } from "../state/attempts.ts";
import type { Client } from "../state/clients.ts";
import type { Activity } from "../state/sessions.ts";
import { signInJson } from "../wire/sign-in-json.ts";
import { requireClient } from "./browser-client.ts";
import { codeField, flagField, passwordField } from "./form-fields.ts";
import { activityOf, parseForm, pathId, respond } from "./request.ts";
import { assertStrategy, codeStrategies, type SignInStart, startForm } from "./sign-in-start.ts";

const prepareForm = z.strictObject({
  strategy: z.enum(codeStrategies),
  email_address_id: z.string().optional(),
});
const attemptForm = z.discriminatedUnion("strategy", [
  z.strictObject({ strategy: z.literal("password"), password: passwordField }),
  z.strictObject({ strategy: z.enum(codeStrategies), code: codeField }),
]);
const prepareSecondForm = z.strictObject({
  strategy: z.literal("email_code"),
  email_address_id: z.string().optional(),
});
const attemptSecondForm = z.strictObject({
  strategy: z.enum(["email_code", ...secondFactorStrategies]),
  code: codeField,
});
const resetForm = z.strictObject({
  password: passwordField,
  sign_out_of_other_sessions: flagField.optional(),
});

/** `/v1/client/sign_ins`. */
export function signInRoutes(instance: Instance): Hono {
  return new Hono()
    .route("/", startRoutes(instance))
    .route("/", firstFactorRoutes(instance))
    .route("/", secondFactorRoutes(instance));
}

function startRoutes(instance: Instance): Hono {
  const routes = new Hono();

  routes.post("/client/sign_ins", async (c) => {
    const form = await parseForm(c, startForm);
    const client = requireClient(instance, c);
    return respond(instance, c, signInJson(instance, start(instance, client, form, activityOf(c))));
  });

  routes.get("/client/sign_ins/:id", (c) => {
    const signIn = getSignIn(instance, requireClient(instance, c), pathId(c));
    return respond(instance, c, signInJson(instance, signIn));
  });

  return routes;
}

/** A strategy saves the request that would otherwise follow. */
function start(instance: Instance, client: Client, form: SignInStart, activity: Activity): SignIn {
  assertStrategy(form);
  const { strategy, identifier, password, ticket } = form;
  if (ticket !== undefined) return signInWithTicket(instance, client, ticket, activity);
  const signIn = startSignIn(instance, client, identifier);
  if (strategy === "email_code" || strategy === "reset_password_email_code") {
    return prepareFirstFactor(instance, signIn, strategy, undefined);
  }
  if (password === undefined) return signIn;
  return attemptPassword(instance, client, signIn, password, activity);
}

function firstFactorRoutes(instance: Instance): Hono {
  const routes = new Hono();

  routes.post("/client/sign_ins/:id/prepare_first_factor", async (c) => {
    const form = await parseForm(c, prepareForm);
    const signIn = getSignIn(instance, requireClient(instance, c), pathId(c));
    const prepared = prepareFirstFactor(instance, signIn, form.strategy, form.email_address_id);
    return respond(instance, c, signInJson(instance, prepared));
  });

  routes.post("/client/sign_ins/:id/attempt_first_factor", async (c) => {
    const form = await parseForm(c, attemptForm);
    const client = requireClient(instance, c);
    const signIn = getSignIn(instance, client, pathId(c));
    const activity = activityOf(c);
    const attempted =
      form.strategy === "password"
        ? attemptPassword(instance, client, signIn, form.password, activity)
        : attemptCode(instance, client, signIn, form, activity);
    return respond(instance, c, signInJson(instance, attempted));
  });

  routes.post("/client/sign_ins/:id/reset_password", async (c) => {
    const form = await parseForm(c, resetForm);
    const client = requireClient(instance, c);
    const signIn = getSignIn(instance, client, pathId(c));
    const input = {
      password: form.password,
      signOutOfOtherSessions: form.sign_out_of_other_sessions ?? false,
    };
    const reset = resetPassword(instance, client, signIn, input, activityOf(c));
    return respond(instance, c, signInJson(instance, reset));
  });

  return routes;
}

/** For Device Trust, an authenticator app and backup codes. */
function secondFactorRoutes(instance: Instance): Hono {
  const routes = new Hono();

  routes.post("/client/sign_ins/:id/prepare_second_factor", async (c) => {
    const form = await parseForm(c, prepareSecondForm);
    const signIn = getSignIn(instance, requireClient(instance, c), pathId(c));
    const prepared = prepareSecondFactor(instance, signIn, form.email_address_id);
    return respond(instance, c, signInJson(instance, prepared));
  });

  routes.post("/client/sign_ins/:id/attempt_second_factor", async (c) => {
    const form = await parseForm(c, attemptSecondForm);
    const client = requireClient(instance, c);
    const signIn = getSignIn(instance, client, pathId(c));
    const attempted = attemptSecondFactor(instance, client, signIn, form, activityOf(c));
    return respond(instance, c, signInJson(instance, attempted));
  });

  return routes;
}
