import { z } from "zod";
import { deletedObject, session, user } from "./backend-schemas.ts";
import { record, text, time } from "./parts.ts";

/**
 * The webhooks that are sent, after `webhooks/2025-04-15.yml` of
 * https://github.com/clerk/openapi-specs (MIT). Its users and sessions are those of the Backend
 * API, but its sessions have a user, and no tasks.
 */

const event = (type: string, data: z.ZodType) =>
  z.looseObject({
    object: z.literal("event"),
    type: z.literal(type),
    event_attributes: z.looseObject({ http_request: record.optional() }).optional(),
    timestamp: time,
    instance_id: text,
    data,
  });

const sessionOfUser = session.omit({ tasks: true }).extend({ user });

export const webhookSchemas: Record<string, z.ZodType> = {
  "user.created": event("user.created", user),
  "user.updated": event("user.updated", user),
  "user.deleted": event("user.deleted", deletedObject),
  "session.ended": event("session.ended", sessionOfUser),
  "session.removed": event("session.removed", sessionOfUser),
  "session.revoked": event("session.revoked", sessionOfUser),
};
