import { Hono } from "hono";
import { z } from "zod";
import { attemptSecondFactor, prepareSecondFactor } from "../accounts/device-trust.ts";
import {
  attemptCode,
  attemptPassword,
  getSignIn,
  prepareFirstFactor,
  resetPassword,
  signInWithTicket,
  startSignIn,
} from "../accounts/sign-in.ts";
import type { Instance } from "../instance.ts";
import { signInJson } from "../wire/sign-in-json.ts";
import { codeField, flagField, passwordField } from "./form-fields.ts";
import { activityOf, parseForm, pathId, requireClient, respond } from "./request.ts";

const codeStrategies = ["email_code", "reset_password_email_code"] as const;

const startForm = z.union([
  z.object({ strategy: z.literal("ticket"), ticket: z.string() }),
  z.object({
    strategy: z.literal("password").optional(),
    identifier: z.string().trim().min(1).optional(),
    password: passwordField.optional(),
  }),
]);
const prepareForm = z.object({
  strategy: z.enum(codeStrategies),
  email_address_id: z.string().optional(),
});
const attemptForm = z.discriminatedUnion("strategy", [
  z.object({ strategy: z.literal("password"), password: passwordField }),
  z.object({ strategy: z.enum(codeStrategies), code: codeField }),
]);
const prepareSecondForm = z.object({
  strategy: z.literal("email_code"),
  email_address_id: z.string().optional(),
});
const attemptSecondForm = z.object({ strategy: z.literal("email_code"), code: codeField });
const resetForm = z.object({
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
    if (form.strategy === "ticket") {
      const signIn = signInWithTicket(instance, client, form.ticket, activityOf(c));
      return respond(instance, c, signInJson(instance, signIn));
    }
    const started = startSignIn(instance, client, form.identifier);
    const signIn =
      form.password === undefined
        ? started
        : attemptPassword(instance, client, started, form.password, activityOf(c));
    return respond(instance, c, signInJson(instance, signIn));
  });

  routes.get("/client/sign_ins/:id", (c) => {
    const signIn = getSignIn(instance, requireClient(instance, c), pathId(c));
    return respond(instance, c, signInJson(instance, signIn));
  });

  return routes;
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
        : attemptCode(instance, client, signIn, form.code, activity);
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

/** Only for Device Trust; accounts have no second factor of their own. */
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
    const attempted = attemptSecondFactor(instance, client, signIn, form.code, activityOf(c));
    return respond(instance, c, signInJson(instance, attempted));
  });

  return routes;
}
