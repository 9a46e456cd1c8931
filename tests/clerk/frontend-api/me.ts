import { Hono } from "hono";
import { z } from "zod";
import { primaryEmailChange } from "../accounts/email-addresses.ts";
import { assertMetadataSizes, mergeMetadata } from "../accounts/metadata.ts";
import { hashPassword, passwordMatches } from "../accounts/passwords.ts";
import { endSessionsOfUser } from "../accounts/sessions.ts";
import { changeUser, deleteUser, getUser } from "../accounts/users.ts";
import type { Instance } from "../instance.ts";
import { identifiersOf } from "../state/users.ts";
import { deleteSelfNotEnabled } from "../wire/errors.ts";
import { passwordIncorrect, passwordRequired } from "../wire/password-errors.ts";
import { frontendUserJson } from "../wire/user-json.ts";
import { flagField, metadataField, nameField, passwordField } from "./form-fields.ts";
import { parseForm, requireSession, respond } from "./request.ts";

const profileForm = z.strictObject({
  first_name: nameField.optional(),
  last_name: nameField.optional(),
  primary_email_address_id: z.string().optional(),
  unsafe_metadata: metadataField.optional(),
});
const metadataForm = z.strictObject({ unsafe_metadata: metadataField });
const passwordForm = z.strictObject({
  current_password: passwordField.optional(),
  new_password: passwordField,
  sign_out_of_other_sessions: flagField.optional(),
});

const removePasswordForm = z.strictObject({ current_password: passwordField.optional() });

/** `/v1/me`: the user's own profile and password. */
export function meRoutes(instance: Instance): Hono {
  return new Hono().route("/", profileRoutes(instance)).route("/", securityRoutes(instance));
}

function profileRoutes(instance: Instance): Hono {
  const routes = new Hono();

  routes.get("/me", (c) => {
    const { userId } = requireSession(instance, c);
    return respond(instance, c, frontendUserJson(getUser(instance, userId)));
  });

  routes.patch("/me", async (c) => {
    const form = await parseForm(c, profileForm);
    assertMetadataSizes(form);
    const { userId } = requireSession(instance, c);
    const changed = changeUser(instance, userId, (user) => ({
      ...(form.first_name === undefined ? {} : { firstName: form.first_name || null }),
      ...(form.last_name === undefined ? {} : { lastName: form.last_name || null }),
      ...(form.unsafe_metadata === undefined ? {} : { unsafeMetadata: form.unsafe_metadata }),
      ...(form.primary_email_address_id === undefined
        ? {}
        : primaryEmailChange(user, form.primary_email_address_id)),
    }));
    return respond(instance, c, frontendUserJson(changed));
  });

  routes.patch("/me/metadata", async (c) => {
    const form = await parseForm(c, metadataForm);
    const { userId } = requireSession(instance, c);
    const changed = changeUser(instance, userId, (user) => {
      const unsafeMetadata = mergeMetadata(user.unsafeMetadata, form.unsafe_metadata);
      assertMetadataSizes({ unsafe_metadata: unsafeMetadata });
      return { unsafeMetadata };
    });
    return respond(instance, c, frontendUserJson(changed));
  });

  routes.delete("/me", (c) => {
    const { userId } = requireSession(instance, c);
    if (!getUser(instance, userId).deleteSelfEnabled) throw deleteSelfNotEnabled();
    deleteUser(instance, userId);
    return respond(instance, c, { object: "user", id: userId, deleted: true });
  });

  return routes;
}

function securityRoutes(instance: Instance): Hono {
  const routes = new Hono();

  routes.post("/me/change_password", async (c) => {
    const form = await parseForm(c, passwordForm);
    const { userId, id } = requireSession(instance, c);
    const user = getUser(instance, userId);
    const { passwordHash: current } = user;
    if (current !== null && !passwordMatches(current, form.current_password ?? "")) {
      throw passwordIncorrect("current_password");
    }
    const passwordHash = hashPassword(form.new_password, identifiersOf(user), "new_password");
    const passwordUpdatedAt = instance.clock.now();
    const changed = changeUser(instance, userId, () => ({ passwordHash, passwordUpdatedAt }));
    if (form.sign_out_of_other_sessions) endSessionsOfUser(instance, userId, "revoked", id);
    return respond(instance, c, frontendUserJson(changed));
  });

  routes.post("/me/remove_password", async (c) => {
    await parseForm(c, removePasswordForm);
    requireSession(instance, c);
    throw passwordRequired();
  });

  return routes;
}
