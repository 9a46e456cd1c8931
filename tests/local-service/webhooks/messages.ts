import { z } from "zod";
import type { Database } from "../state/database.ts";
import { documentTable } from "../state/documents.ts";

/** A webhook message and its delivery status. `id` is the same on every retry. */
export const messageSchema = z.object({
  sequence: z.number(),
  id: z.string(),
  type: z.string(),
  /** The id of what the message is about. */
  subjectId: z.string(),
  /** The exact text that is signed and sent. */
  payload: z.string(),
  createdAt: z.number(),
  /** `dropped`: not sent because of the chaos settings. */
  status: z.enum(["pending", "delivered", "exhausted", "dropped"]),
  attempts: z.number(),
  /** Null once delivered, exhausted or dropped. */
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
  /** Null without a response; `error` says why. */
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

/** Queues a message, due now. Call it in the transaction of the change that it reports. */
export function enqueueMessage(
  db: Database,
  message: Pick<Message, "id" | "type" | "subjectId" | "payload" | "createdAt">,
): void {
  db.statement(
    `INSERT INTO webhook_messages
       (id, type, subject_id, payload, created_at, status, attempts, next_attempt_at)
     VALUES (?, ?, ?, ?, ?, 'pending', 0, ?)`,
  ).run(
    message.id,
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

/** Newest first, optionally only those about one subject. */
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

/** The message that has been due the longest. */
export function nextDueMessage(db: Database, now: number, excluded: string[]): Message | undefined {
  return dueMessages(db, "webhook_messages", "", { now, excluded, limit: 1 })[0];
}

/** Like `nextDueMessage`, but only retries and messages with a delivery plan. */
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

// These are few among possibly many due messages, so look them up without scanning the others.
const retriedMessages = "webhook_messages INDEXED BY webhook_messages_retried";
const plannedMessages =
  "(SELECT id AS planned FROM delivery_plans) CROSS JOIN webhook_messages ON id = planned";

/** New messages without a delivery plan, longest due first. */
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

/** When the next pending message is due; with `after`, only those due later than that. */
export function nextDueTime(db: Database, options: { after?: number } = {}): number | undefined {
  const row = db
    .statement(
      `SELECT next_attempt_at AS at FROM webhook_messages
       WHERE status = 'pending' AND next_attempt_at > ? ORDER BY next_attempt_at LIMIT 1`,
    )
    .get(options.after ?? Number.MIN_SAFE_INTEGER);
  return row === undefined ? undefined : z.object({ at: z.number() }).parse(row).at;
}

/** Shifts pending messages after a change of the clock offset. */
export function shiftDueTimes(db: Database, byMs: number): void {
  db.statement(
    "UPDATE webhook_messages SET next_attempt_at = next_attempt_at + ? WHERE status = 'pending'",
  ).run(byMs);
}

/** Makes delayed messages due now; leaves retries alone. */
export function releaseDelayed(db: Database, now: number): void {
  db.statement(
    `UPDATE webhook_messages SET next_attempt_at = ?
     WHERE status = 'pending' AND attempts = 0 AND next_attempt_at > ?`,
  ).run(now, now);
}
