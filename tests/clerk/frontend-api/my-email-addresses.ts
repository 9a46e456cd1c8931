import { type Context, Hono } from "hono";
import { z } from "zod";
import {
  addEmail,
  attemptEmail,
  getEmail,
  prepareEmail,
  removeEmail,
} from "../accounts/email-addresses.ts";
import { getUser } from "../accounts/users.ts";
import type { Instance } from "../instance.ts";
import { emailAddressJson } from "../wire/contact-json.ts";
import { codeField, emailField } from "./form-fields.ts";
import { parseForm, pathId, requireSession, respond } from "./request.ts";

const addForm = z.strictObject({ email_address: emailField });
const prepareForm = z.strictObject({ strategy: z.literal("email_code") });
const attemptForm = z.strictObject({ code: codeField });

/** `/v1/me/email_addresses`. `PATCH /v1/me` sets the primary address. */
export function myEmailAddressRoutes(instance: Instance): Hono {
  return new Hono().route("/", resourceRoutes(instance)).route("/", verificationRoutes(instance));
}

function resourceRoutes(instance: Instance): Hono {
  const routes = new Hono();

  routes.get("/me/email_addresses", (c) => {
    const user = getUser(instance, requireSession(instance, c).userId);
    return c.json(user.emailAddresses.map((email) => emailAddressJson(user, email)));
  });

  routes.post("/me/email_addresses", async (c) => {
    const form = await parseForm(c, addForm);
    const { userId } = requireSession(instance, c);
    return respondWithEmail(instance, c, userId, addEmail(instance, userId, form.email_address).id);
  });

  routes.get("/me/email_addresses/:id", (c) =>
    respondWithEmail(instance, c, requireSession(instance, c).userId, pathId(c)),
  );

  return routes;
}

function verificationRoutes(instance: Instance): Hono {
  const routes = new Hono();

  routes.post("/me/email_addresses/:id/prepare_verification", async (c) => {
    await parseForm(c, prepareForm);
    const { userId } = requireSession(instance, c);
    return respondWithEmail(instance, c, userId, prepareEmail(instance, userId, pathId(c)).id);
  });

  routes.post("/me/email_addresses/:id/attempt_verification", async (c) => {
    const { code } = await parseForm(c, attemptForm);
    const { userId } = requireSession(instance, c);
    return respondWithEmail(
      instance,
      c,
      userId,
      attemptEmail(instance, userId, pathId(c), code).id,
    );
  });

  routes.delete("/me/email_addresses/:id", (c) => {
    const { userId } = requireSession(instance, c);
    removeEmail(instance, userId, pathId(c));
    return respond(instance, c, { object: "email_address", id: pathId(c), deleted: true });
  });

  return routes;
}

function respondWithEmail(
  instance: Instance,
  c: Context,
  userId: string,
  emailId: string,
): Response {
  const user = getUser(instance, userId);
  return respond(instance, c, emailAddressJson(user, getEmail(user, emailId)));
}
