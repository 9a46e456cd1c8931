import * as z from "zod";
import { clerkIdSchema, clerkUserSchema, type UserChange } from "./user-state.server";

const envelopeSchema = z.object({
  type: z.string().max(100),
  data: z.unknown(),
  instance_id: z.string().nullish(),
});
const deletedSchema = z.object({ id: clerkIdSchema });

/** A verified webhook: what it asks for, or that it asks for nothing we do, or that it cannot be read. */
export interface ClerkEvent {
  type: string;
  clerkUserId: string | null;
  change: UserChange | { kind: "ignored" } | { kind: "rejected" };
  /** What could not be read: the fields, never their values. */
  error: string | null;
}

/**
 * What a verified webhook means to us. With an instance id, events of every other instance are `rejectedEvent`. Never throws: an event that cannot be read is `rejectedEvent`, one of no interest `ignored`;
 * both are answered with 200, since sending them again would mend nothing.
 */
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

/** Says which fields were wrong, never what they held. */
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
