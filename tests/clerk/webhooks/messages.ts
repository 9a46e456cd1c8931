import { z } from "zod";
import type { Database } from "../state/database.ts";
import { documentTable } from "../state/documents.ts";
import { newId } from "../state/identifiers.ts";

/** A webhook message and how far its delivery has come. `id` is its `svix-id`, for good. */
export const messageSchema = z.object({
  sequence: z.number(),
  id: z.string(),
  type: z.string(),
  /** The user (or session) it is about. */
  subjectId: z.string(),
  /** The exact text that is sent and signed. */
  payload: z.string(),
  createdAt: z.number(),
  /** `dropped`: lost on purpose, by the chaos settings. */
  status: z.enum(["pending", "delivered", "exhausted", "dropped"]),
  attempts: z.number(),
  /** When it is due next; null when nothing is left to do. */
  nextAttemptAt: z.number().nullable(),
});
export type Message = z.infer<typeof messageSchema>;

export const attemptSchema = z.object({
  id: z.string(),
  messageId: z.string(),
  at: z.number(),
  url: z.string(),
  requestHeaders: z.record(z.string(), z.string()),
  requestBody: z.string(),
  /** Null when no answer came; then `error` says why. */
  status: z.number().nullable(),
  responseBody: z.string().nullable(),
  error: z.string().nullable(),
  durationMs: z.number(),
});
export type Attempt = z.infer<typeof attemptSchema>;

export const attempts = documentTable<Attempt>({
  table: "webhook_attempts",
  schema: attemptSchema,
  columns: (attempt) => ({ message_id: attempt.messageId, at: attempt.at }),
});

const fields = `sequence, id, type, subject_id AS subjectId, payload, created_at AS createdAt,
  status, attempts, next_attempt_at AS nextAttemptAt`;

/** Queues a message that is due at once. Call it in the transaction of the change it tells of. */
export function enqueueMessage(
  db: Database,
  message: Pick<Message, "type" | "subjectId" | "payload" | "createdAt">,
): void {
  db.statement(
    `INSERT INTO webhook_messages
       (id, type, subject_id, payload, created_at, status, attempts, next_attempt_at)
     VALUES (?, ?, ?, ?, ?, 'pending', 0, ?)`,
  ).run(
    newId("msg"),
    message.type,
    message.subjectId,
    message.payload,
    message.createdAt,
    message.createdAt,
  );
}

export function findMessage(db: Database, id: string): Message | undefined {
  const row = db.statement(`SELECT ${fields} FROM webhook_messages WHERE id = ?`).get(id);
  return row === undefined ? undefined : messageSchema.parse(row);
}

/** The latest messages first, or those about one user. */
export function listMessages(
  db: Database,
  filter: { subjectId?: string | undefined; limit: number; offset?: number | undefined },
): Message[] {
  const where = filter.subjectId === undefined ? "" : "WHERE subject_id = ?";
  const values = filter.subjectId === undefined ? [] : [filter.subjectId];
  return db
    .statement(
      `SELECT ${fields} FROM webhook_messages ${where} ORDER BY sequence DESC LIMIT ? OFFSET ?`,
    )
    .all(...values, filter.limit, filter.offset ?? 0)
    .map((row) => messageSchema.parse(row));
}

export function countMessages(db: Database, status: Message["status"]): number {
  const row = db
    .statement("SELECT COUNT(*) AS count FROM webhook_messages WHERE status = ?")
    .get(status);
  return z.object({ count: z.number() }).parse(row).count;
}

export function updateMessage(
  db: Database,
  id: string,
  change: Pick<Message, "status" | "attempts" | "nextAttemptAt">,
): void {
  db.statement(
    "UPDATE webhook_messages SET status = ?, attempts = ?, next_attempt_at = ? WHERE id = ?",
  ).run(change.status, change.attempts, change.nextAttemptAt, id);
}

/** The message that has been due for longest and is not among `excluded`. */
export function nextDueMessage(db: Database, now: number, excluded: string[]): Message | undefined {
  return dueMessages(db, "webhook_messages", "", { now, excluded, limit: 1 })[0];
}

/** The same of those that were sent before or are planned: their turn has come already. */
export function nextPlannedMessage(
  db: Database,
  now: number,
  excluded: string[],
): Message | undefined {
  const options = { now, excluded, limit: 1 };
  const [retry] = dueMessages(db, retriedMessages, "AND attempts > 0", options);
  const [planned] = dueMessages(db, plannedMessages, "", options);
  if (retry === undefined || planned === undefined) return retry ?? planned;
  return (retry.nextAttemptAt ?? 0) < (planned.nextAttemptAt ?? 0) ? retry : planned;
}

// Few among perhaps many that are due: found without a look at the others.
const retriedMessages = "webhook_messages INDEXED BY webhook_messages_retried";
const plannedMessages =
  "(SELECT id AS planned FROM delivery_plans) CROSS JOIN webhook_messages ON id = planned";

/** The messages whose turn has not come yet, those that have been due for longest first. */
export function dueUnplannedMessages(
  db: Database,
  now: number,
  excluded: string[],
  limit: number,
): Message[] {
  const isNew = "AND attempts = 0 AND id NOT IN (SELECT id FROM delivery_plans)";
  return dueMessages(db, "webhook_messages", isNew, { now, excluded, limit });
}

function dueMessages(
  db: Database,
  source: string,
  condition: string,
  { now, excluded, limit }: { now: number; excluded: string[]; limit: number },
): Message[] {
  return db
    .statement(
      `SELECT ${fields} FROM ${source}
       WHERE status = 'pending' AND next_attempt_at <= ? ${condition}
         AND id NOT IN (SELECT value FROM json_each(?))
       ORDER BY next_attempt_at, sequence LIMIT ?`,
    )
    .all(now, JSON.stringify(excluded), limit)
    .map((row) => messageSchema.parse(row));
}

/** When the next pending message becomes due; with `after`, the next one after that moment. */
export function nextDueTime(db: Database, options: { after?: number } = {}): number | undefined {
  const row = db
    .statement(
      `SELECT next_attempt_at AS at FROM webhook_messages
       WHERE status = 'pending' AND next_attempt_at > ? ORDER BY next_attempt_at LIMIT 1`,
    )
    .get(options.after ?? Number.MIN_SAFE_INTEGER);
  return row === undefined ? undefined : z.object({ at: z.number() }).parse(row).at;
}

/** Moves what is planned, for a clock that was set. */
export function shiftDueTimes(db: Database, byMs: number): void {
  db.statement(
    "UPDATE webhook_messages SET next_attempt_at = next_attempt_at + ? WHERE status = 'pending'",
  ).run(byMs);
}

/** Makes due what was never sent and waits for no retry. */
export function releaseDelayed(db: Database, now: number): void {
  db.statement(
    `UPDATE webhook_messages SET next_attempt_at = ?
     WHERE status = 'pending' AND attempts = 0 AND next_attempt_at > ?`,
  ).run(now, now);
}
