import { z } from "zod";
import { environment } from "./environment-schema.ts";
import {
  activeSession,
  client,
  emailAddress,
  reverification,
  session,
  signIn,
  signUp,
  user,
} from "./frontend-schemas.ts";
import { flag, operation, text, time } from "./parts.ts";

/** Most answers come with the client, by which ClerkJS learns what else has changed. */
const withClient = (response: z.ZodType) => z.strictObject({ response, client });
const maybeWithClient = (response: z.ZodType) =>
  z.strictObject({ response, client: client.nullable() });
const clientOnly = z.strictObject({ response: client.nullable(), client: z.null() });

const token = z.looseObject({ jwt: text });
const deleted = z.strictObject({
  object: text,
  id: text.optional(),
  slug: text.optional(),
  deleted: flag,
});
const image = z.looseObject({ object: text, id: text, name: text, public_url: text });
const totp = z.looseObject({
  object: z.literal("totp"),
  id: text,
  secret: text.nullable(),
  uri: text.nullable(),
  verified: flag,
  backup_codes: z.array(text).nullable().optional(),
  created_at: time,
  updated_at: time,
});
const backupCodes = z.looseObject({
  object: z.literal("backup_code"),
  id: text,
  codes: z.array(text),
  created_at: time,
  updated_at: time,
});

/** The served operations of Clerk's Frontend API (see `frontend-schemas.ts` for the source). */
export const frontendOperations = {
  "POST /dev_browser": operation(z.looseObject({}), 400),
  "GET /environment": operation(environment, 400, 401),
  "PATCH /environment": operation(environment, 400, 401),

  "GET /client": operation(clientOnly, 400, 401, 403),
  "PUT /client": operation(clientOnly),
  "POST /client": operation(clientOnly),
  "DELETE /client": operation(clientOnly, 404),
  "DELETE /client/sessions": operation(clientOnly, 401, 404),
  "GET /client/sessions/:id": operation(withClient(session), 401, 404),
  "POST /client/sessions/:id/touch": operation(maybeWithClient(session), 400, 401, 403, 404, 422),
  "POST /client/sessions/:id/end": operation(withClient(session), 400, 401, 404),
  "POST /client/sessions/:id/remove": operation(withClient(session), 400, 401, 404),
  "POST /client/sessions/:id/tokens/:template?": operation(token, 401, 403, 404),
  "POST /client/sessions/:id/verify": operation(withClient(reverification), 401, 422),
  "POST /client/sessions/:id/verify/prepare_first_factor": operation(
    withClient(reverification),
    400,
    401,
    403,
    422,
  ),
  "POST /client/sessions/:id/verify/attempt_first_factor": operation(
    withClient(reverification),
    400,
    401,
    403,
    422,
  ),
  "POST /client/sessions/:id/verify/attempt_second_factor": operation(
    withClient(reverification),
    400,
    401,
    403,
    422,
  ),

  "POST /client/sign_ups": operation(withClient(signUp), 400, 403, 404, 409, 422),
  "GET /client/sign_ups/:id": operation(withClient(signUp), 400, 401, 404),
  "PATCH /client/sign_ups/:id": operation(withClient(signUp), 400, 401, 403, 404, 422),
  "POST /client/sign_ups/:id/prepare_verification": operation(withClient(signUp), 400, 401, 422),
  "POST /client/sign_ups/:id/attempt_verification": operation(
    withClient(signUp),
    400,
    401,
    403,
    409,
    422,
  ),

  "POST /client/sign_ins": operation(withClient(signIn), 400, 403, 404, 409, 422),
  "GET /client/sign_ins/:id": operation(withClient(signIn), 400, 401, 404),
  "POST /client/sign_ins/:id/reset_password": operation(withClient(signIn), 400, 401, 403, 422),
  "POST /client/sign_ins/:id/prepare_first_factor": operation(
    withClient(signIn),
    400,
    401,
    403,
    404,
    422,
  ),
  "POST /client/sign_ins/:id/attempt_first_factor": operation(
    withClient(signIn),
    400,
    401,
    403,
    404,
    422,
  ),
  "POST /client/sign_ins/:id/prepare_second_factor": operation(
    withClient(signIn),
    400,
    401,
    403,
    422,
  ),
  "POST /client/sign_ins/:id/attempt_second_factor": operation(
    withClient(signIn),
    400,
    401,
    403,
    422,
  ),

  "GET /me": operation(withClient(user), 401, 403, 404),
  "PATCH /me": operation(withClient(user), 400, 401, 403, 404, 422),
  "DELETE /me": operation(maybeWithClient(deleted), 401, 403, 404),
  "PATCH /me/metadata": operation(withClient(user), 400, 401, 403, 404, 422),
  "POST /me/profile_image": operation(withClient(image), 400, 401, 422),
  "DELETE /me/profile_image": operation(maybeWithClient(deleted), 401, 404),
  "POST /me/change_password": operation(withClient(user), 400, 401, 403, 422),
  "POST /me/remove_password": operation(withClient(user), 400, 401, 403, 422),
  "GET /me/sessions": operation(z.array(session), 401, 403, 404),
  "GET /me/sessions/active": operation(z.array(activeSession), 401),
  "POST /me/sessions/:id/revoke": operation(withClient(session), 400, 401, 403, 404),
  "GET /me/email_addresses": operation(z.array(emailAddress), 401, 403, 404),
  "POST /me/email_addresses": operation(withClient(emailAddress), 400, 401, 403, 404, 422),
  "GET /me/email_addresses/:id": operation(withClient(emailAddress), 401, 403, 404),
  "DELETE /me/email_addresses/:id": operation(maybeWithClient(deleted), 400, 401, 403, 404),
  "POST /me/email_addresses/:id/prepare_verification": operation(
    withClient(emailAddress),
    401,
    403,
    404,
    422,
  ),
  "POST /me/email_addresses/:id/attempt_verification": operation(
    withClient(emailAddress),
    400,
    401,
    403,
    404,
    422,
  ),
  "POST /me/totp": operation(withClient(totp), 400, 401, 403),
  "POST /me/totp/attempt_verification": operation(withClient(totp), 400, 401, 403, 404, 422),
  "DELETE /me/totp": operation(maybeWithClient(deleted), 400, 401, 403, 404),
  "POST /me/backup_codes": operation(withClient(backupCodes), 400, 401, 403),
};
