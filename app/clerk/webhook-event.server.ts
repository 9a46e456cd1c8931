import * as z from "zod";
import { clerkIdSchema, clerkUserSchema, type UserChange } from "./user-state.server";

const envelopeSchema = z.object({
  type: z.string().max(100),
  data: z.unknown(),
  instance_id: z.string().nullish(),
});
const deletedSchema = z.object({ id: clerkIdSchema });
const sessionSchema = z.object({ id: clerkIdSchema, user_id: clerkIdSchema });

export interface ClerkEvent {
  type: string;
  clerkUserId: string | null;
  change: UserChange | { kind: "ignored" } | { kind: "rejected" };
  /** Names of invalid fields, never their values. */
  error: string | null;
}

/** Never throws: a retry would not help. If `instanceId` is set, other instances are rejected. */
export function parseClerkEvent(body: string, instanceId: string | undefined): ClerkEvent {
  const envelope = envelopeSchema.safeParse(parseJson(body));
  if (!envelope.success) return rejectedEvent("unknown", envelope.error);
  const { type, data, instance_id } = envelope.data;
  if (instanceId && instance_id !== instanceId) {
    const error = "instance_id: another instance";
    return { type, clerkUserId: null, change: { kind: "rejected" }, error };
  }
  switch (type) {
    case "user.created":
    case "user.updated": {
      const state = clerkUserSchema.safeParse(data);
      if (!state.success) return rejectedEvent(type, state.error, data);
      return {
        type,
        clerkUserId: state.data.clerkUserId,
        change: { kind: "state", state: state.data },
        error: null,
      };
    }
    case "user.deleted": {
      const deleted = deletedSchema.safeParse(data);
      if (!deleted.success) return rejectedEvent(type, deleted.error, data);
      const clerkUserId = deleted.data.id;
      return { type, clerkUserId, change: { kind: "deletion", clerkUserId }, error: null };
    }
    case "session.ended":
    case "session.removed":
    case "session.revoked": {
      const session = sessionSchema.safeParse(data);
      if (!session.success) return rejectedEvent(type, session.error);
      const { id: sessionId, user_id: clerkUserId } = session.data;
      const change = { kind: "ended-session" as const, clerkUserId, sessionId };
      return { type, clerkUserId, change, error: null };
    }
    default:
      return { type, clerkUserId: null, change: { kind: "ignored" }, error: null };
  }
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Reports field names, never values. */
function rejectedEvent(type: string, error: z.ZodError, data?: unknown): ClerkEvent {
  const reason = error.issues
    .map(({ path, code }) => `${path.join(".") || "body"}: ${code}`)
    .join("; ");
  const id = deletedSchema.safeParse(data);
  return {
    type,
    clerkUserId: id.success ? id.data.id : null,
    change: { kind: "rejected" },
    error: reason.slice(0, 500),
  };
}
