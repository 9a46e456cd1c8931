import { z } from "zod";
import { metadataSchema } from "../../state/users.ts";

/** Converts the forms of the control page to control API input. */

const jsonText = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: "custom", message: "is not valid JSON" });
      return z.NEVER;
    }
  })
  .pipe(metadataSchema);

const nameText = z.string().transform((text) => text.trim() || null);

export const newUserForm = z
  .object({
    email: z.email(),
    password: z.string(),
    firstName: nameText,
    lastName: nameText,
    publicMetadata: jsonText,
  })
  .transform(({ email, password, ...rest }) => ({
    ...rest,
    emailAddresses: [email],
    ...(password === "" ? {} : { password }),
  }));

/** Replaces the metadata, so that a key removed on the page is deleted. */
export const userForm = z.object({
  firstName: nameText,
  lastName: nameText,
  publicMetadata: jsonText,
  privateMetadata: jsonText,
});

/** The result is input for `settingsPatchSchema`. */
export const settingsForm = z
  .object({
    verifyEmailCode: z.literal("on").optional(),
    sessionEvents: z.literal("on").optional(),
    authenticatorApp: z.literal("on").optional(),
    clerkJsRedirect: z.enum(["relative", "absolute"]),
    deviceTrust: z.string(),
    url: z.string(),
    retryDelayScale: z.coerce.number(),
    secrets: z.string(),
    claims: jsonText,
  })
  .transform((form) => ({
    signUp: { verifyEmailCode: form.verifyEmailCode === "on" },
    signIn: {
      deviceTrust: form.deviceTrust,
      authenticatorApp: form.authenticatorApp === "on",
    },
    clerkJs: { redirect: form.clerkJsRedirect },
    sessionToken: { claims: form.claims },
    webhooks: {
      url: form.url,
      retryDelayScale: form.retryDelayScale,
      sessionEvents: form.sessionEvents === "on",
      secrets: form.secrets.split(/\s+/).filter(Boolean),
    },
  }));
