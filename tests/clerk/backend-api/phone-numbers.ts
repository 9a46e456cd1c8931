import { Hono } from "hono";
import { z } from "zod";
import {
  addPhoneNumber,
  getPhoneNumber,
  primaryPhoneNumberChange,
  removePhoneNumber,
} from "../accounts/phone-numbers.ts";
import { changeUser } from "../accounts/users.ts";
import type { Instance } from "../instance.ts";
import { findUserByPhoneNumberId, type User } from "../state/users.ts";
import { phoneNumberJson } from "../wire/contact-json.ts";
import { identificationNotFound } from "../wire/errors.ts";
import { pathId, readJson } from "./request.ts";
import { phoneNumberField } from "./user-schemas.ts";

const updateFields = { verified: z.boolean().nullish(), primary: z.boolean().nullish() };
const updateBody = z.strictObject(updateFields);
const createBody = z.strictObject({
  ...updateFields,
  user_id: z.string(),
  phone_number: phoneNumberField,
});

/** `/v1/phone_numbers`. Nobody signs in with one. */
export function phoneNumberRoutes(instance: Instance): Hono {
  const routes = new Hono();

  routes.post("/phone_numbers", async (c) => {
    const body = await readJson(c, createBody);
    const options = { verified: body.verified ?? true, primary: body.primary ?? false };
    const { user, phone } = addPhoneNumber(instance, body.user_id, body.phone_number, options);
    return c.json(phoneNumberJson(user, phone));
  });

  routes.get("/phone_numbers/:id", (c) => {
    const owner = ownerOf(instance, pathId(c));
    return c.json(phoneNumberJson(owner, getPhoneNumber(owner, pathId(c))));
  });

  routes.patch("/phone_numbers/:id", async (c) => {
    const body = await readJson(c, updateBody);
    const id = pathId(c);
    const changed = changeUser(instance, ownerOf(instance, id).id, (user) => {
      const phoneNumbers = user.phoneNumbers.map((phone) =>
        phone.id === id ? { ...phone, verified: body.verified ?? phone.verified } : phone,
      );
      const primary = body.primary ? primaryPhoneNumberChange({ ...user, phoneNumbers }, id) : {};
      return { phoneNumbers, ...primary };
    });
    return c.json(phoneNumberJson(changed, getPhoneNumber(changed, id)));
  });

  routes.delete("/phone_numbers/:id", (c) => {
    removePhoneNumber(instance, ownerOf(instance, pathId(c)).id, pathId(c));
    return c.json({ object: "phone_number", id: pathId(c), deleted: true });
  });

  return routes;
}

function ownerOf(instance: Instance, phoneId: string): User {
  const user = findUserByPhoneNumberId(instance.db, phoneId);
  if (user === undefined) throw identificationNotFound();
  return user;
}
