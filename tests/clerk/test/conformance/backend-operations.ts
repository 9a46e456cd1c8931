import { z } from "zod";
import {
  actorToken,
  client,
  deletedObject,
  emailAddress,
  invitation,
  jwks,
  phoneNumber,
  session,
  signInToken,
  user,
} from "./backend-schemas.ts";
import { flag, int, operation, text, time } from "./parts.ts";

const verified = z.strictObject({
  verified: flag,
  code_type: z.enum(["totp", "backup_code"]).optional(),
});
const token = z.looseObject({ object: z.literal("token"), jwt: text });
const userId = z.strictObject({ user_id: text });

/** With `paginated=true`, the SDK reads a page instead of the list in Clerk's document. */
const listOf = (item: z.ZodType) =>
  z.union([z.array(item), z.strictObject({ data: z.array(item), total_count: int })]);

/** The served operations of Clerk's Backend API (see `backend-schemas.ts` for the source). */
export const backendOperations = {
  "GET /jwks": operation(jwks),
  "GET /instance": operation(
    z.looseObject({
      object: z.literal("instance"),
      id: text,
      environment_type: text,
      allowed_origins: z.array(text).nullable(),
      workspace_id: text.nullable(),
    }),
  ),
  "POST /testing_tokens": operation(
    z.looseObject({ object: z.literal("testing_token"), token: text, expires_at: time }),
  ),
  "GET /clients/:id": operation(client, 400, 401, 404),
  // Known to the SDK only.
  "GET /clients/handshake_payload": operation(
    z.strictObject({ directives: z.array(text) }),
    400,
    404,
  ),

  "GET /users": operation(z.array(user), 400, 401, 422),
  "POST /users": operation(user, 400, 401, 402, 403, 422),
  "GET /users/count": operation(
    z.strictObject({ object: z.literal("total_count"), total_count: int }),
    422,
  ),
  "GET /users/:id": operation(user, 400, 401, 404),
  "PATCH /users/:id": operation(user, 400, 401, 404, 409, 422),
  "DELETE /users/:id": operation(deletedObject, 400, 401, 404),
  "PATCH /users/:id/metadata": operation(user, 400, 401, 404, 422),
  "PUT /users/:id/metadata": operation(user, 400, 401, 404, 422),
  "POST /users/:id/ban": operation(user, 402),
  "POST /users/:id/unban": operation(user, 402),
  "POST /users/ban": operation(z.array(user), 400, 402),
  "POST /users/unban": operation(z.array(user), 400, 402),
  "POST /users/:id/lock": operation(user, 403),
  "POST /users/:id/unlock": operation(user, 403),
  "POST /users/:id/profile_image": operation(user, 400, 401, 404),
  "DELETE /users/:id/profile_image": operation(user, 404),
  "POST /users/:id/verify_password": operation(verified, 400, 404, 422),
  "POST /users/:id/verify_totp": operation(verified, 400, 404, 422),
  "DELETE /users/:id/mfa": operation(userId, 404),
  "DELETE /users/:id/totp": operation(userId, 404),
  "DELETE /users/:id/backup_code": operation(userId, 404),

  "POST /email_addresses": operation(emailAddress, 400, 401, 403, 404, 409, 422),
  "GET /email_addresses/:id": operation(emailAddress, 400, 401, 403, 404),
  "PATCH /email_addresses/:id": operation(emailAddress, 400, 401, 403, 404, 409),
  "DELETE /email_addresses/:id": operation(deletedObject, 400, 401, 403, 404, 409),
  "POST /phone_numbers": operation(phoneNumber, 400, 401, 403, 404, 422),
  "GET /phone_numbers/:id": operation(phoneNumber, 400, 401, 403, 404),
  "PATCH /phone_numbers/:id": operation(phoneNumber, 400, 401, 403, 404),
  "DELETE /phone_numbers/:id": operation(deletedObject, 400, 401, 403, 404),

  "GET /sessions": operation(listOf(session), 400, 401, 422),
  "POST /sessions": operation(session, 400, 401, 404, 422),
  "GET /sessions/:id": operation(session, 400, 401, 404),
  "POST /sessions/:id/revoke": operation(session, 400, 401, 404),
  "POST /sessions/:id/tokens/:template?": operation(token, 401, 404),

  "GET /invitations": operation(listOf(invitation)),
  "POST /invitations": operation(invitation, 400, 422),
  "POST /invitations/bulk": operation(z.array(invitation), 400, 422),
  "POST /invitations/:id/revoke": operation(invitation, 400, 404),
  "POST /actor_tokens": operation(actorToken, 400, 402, 422),
  "POST /actor_tokens/:id/revoke": operation(actorToken, 400, 404),
  "POST /sign_in_tokens": operation(signInToken, 403, 404, 422),
  "POST /sign_in_tokens/:id/revoke": operation(signInToken, 400, 404),
};
