import { Hono } from "hono";
import { z } from "zod";
import {
  addEmail,
  getEmail,
  primaryEmailChange,
  removeEmail,
} from "../accounts/email-addresses.ts";
import { changeUser, getUser } from "../accounts/users.ts";
import type { Instance } from "../instance.ts";
import { type User, users } from "../state/users.ts";
import { emailAddressJson } from "../wire/contact-json.ts";
import { identificationNotFound } from "../wire/errors.ts";
import { pathId, readJson } from "./request.ts";

const updateFields = {
  verified: z.boolean().nullish(),
  primary: z.boolean().nullish(),
  /** Accepted, but sends no email. */
  notify_primary_email_address_changed: z.boolean().nullish(),
};
const updateBody = z.strictObject(updateFields);
const createBody = z.strictObject({
  ...updateFields,
  user_id: z.string(),
  email_address: z.email(),
});

/** `/v1/email_addresses`. */
export function emailAddressRoutes(instance: Instance): Hono {
  const routes = new Hono();

  routes.post("/email_addresses", async (c) => {
    const body = await readJson(c, createBody);
    const options = { verified: body.verified ?? true, primary: body.primary ?? false };
    const email = addEmail(instance, body.user_id, body.email_address, options);
    return c.json(emailAddressJson(getUser(instance, body.user_id), email));
  });

  routes.get("/email_addresses/:id", (c) => {
    const owner = ownerOf(instance, pathId(c));
    return c.json(emailAddressJson(owner, getEmail(owner, pathId(c))));
  });

  routes.patch("/email_addresses/:id", async (c) => {
    const body = await readJson(c, updateBody);
    const id = pathId(c);
    const changed = changeUser(instance, ownerOf(instance, id).id, (user) => {
      const emailAddresses = user.emailAddresses.map((email) =>
        email.id === id ? { ...email, verified: body.verified ?? email.verified } : email,
      );
      const primary = body.primary ? primaryEmailChange({ ...user, emailAddresses }, id) : {};
      return { emailAddresses, ...primary };
    });
    return c.json(emailAddressJson(changed, getEmail(changed, id)));
  });

  routes.delete("/email_addresses/:id", (c) => {
    removeEmail(instance, ownerOf(instance, pathId(c)).id, pathId(c));
    return c.json({ object: "email_address", id: pathId(c), deleted: true });
  });

  return routes;
}

function ownerOf(instance: Instance, emailId: string): User {
  const [user] = users.select(
    instance.db,
    "WHERE id = (SELECT user_id FROM email_addresses WHERE id = ?)",
    emailId,
  );
  if (user === undefined) throw identificationNotFound();
  return user;
}
