import { Hono } from "hono";
import { z } from "zod";
import {
  attemptSignUp,
  getSignUp,
  prepareSignUp,
  type SignUpInput,
  startSignUp,
  updateSignUp,
} from "../accounts/sign-up.ts";
import type { Instance } from "../instance.ts";
import { missingForStrategy, strategyMissing } from "../wire/parameter-errors.ts";
import { signUpJson } from "../wire/sign-up-json.ts";
import { requireClient } from "./browser-client.ts";
import {
  codeField,
  emailField,
  flagField,
  metadataField,
  nameField,
  passwordField,
} from "./form-fields.ts";
import { activityOf, parseForm, pathId, respond } from "./request.ts";

const signUpForm = z.strictObject({
  strategy: z.literal("ticket").optional(),
  ticket: z.string().optional(),
  email_address: emailField.optional(),
  password: passwordField.optional(),
  first_name: nameField.optional(),
  last_name: nameField.optional(),
  locale: z.string().optional(),
  unsafe_metadata: metadataField.optional(),
  legal_accepted: flagField.optional(),
});

const prepareForm = z.strictObject({ strategy: z.literal("email_code") });
const attemptForm = z.strictObject({ strategy: z.literal("email_code"), code: codeField });

/** `/v1/client/sign_ups`. */
export function signUpRoutes(instance: Instance): Hono {
  const routes = new Hono();

  routes.post("/client/sign_ups", async (c) => {
    const form = await parseForm(c, signUpForm);
    const client = requireClient(instance, c);
    const signUp = startSignUp(instance, client, toInput(form), activityOf(c));
    return respond(instance, c, signUpJson(instance, signUp));
  });

  routes.get("/client/sign_ups/:id", (c) => {
    const signUp = getSignUp(instance, requireClient(instance, c), pathId(c));
    return respond(instance, c, signUpJson(instance, signUp));
  });

  routes.patch("/client/sign_ups/:id", async (c) => {
    const form = await parseForm(c, signUpForm);
    const client = requireClient(instance, c);
    const signUp = getSignUp(instance, client, pathId(c));
    const updated = updateSignUp(instance, client, signUp, toInput(form), activityOf(c));
    return respond(instance, c, signUpJson(instance, updated));
  });

  routes.post("/client/sign_ups/:id/prepare_verification", async (c) => {
    await parseForm(c, prepareForm);
    const signUp = getSignUp(instance, requireClient(instance, c), pathId(c));
    return respond(instance, c, signUpJson(instance, prepareSignUp(instance, signUp)));
  });

  routes.post("/client/sign_ups/:id/attempt_verification", async (c) => {
    const { code } = await parseForm(c, attemptForm);
    const client = requireClient(instance, c);
    const signUp = getSignUp(instance, client, pathId(c));
    const attempted = attemptSignUp(instance, client, signUp, code, activityOf(c));
    return respond(instance, c, signUpJson(instance, attempted));
  });

  return routes;
}

function toInput(form: z.infer<typeof signUpForm>): SignUpInput {
  const { strategy, ticket } = form;
  if (strategy === "ticket" && ticket === undefined) throw missingForStrategy("ticket", strategy);
  if (strategy === undefined && ticket !== undefined) throw strategyMissing("ticket");
  return {
    emailAddress: form.email_address,
    password: form.password,
    firstName: form.first_name,
    lastName: form.last_name,
    locale: form.locale,
    legalAccepted: form.legal_accepted ?? false,
    ticket,
    unsafeMetadata: form.unsafe_metadata,
  };
}
