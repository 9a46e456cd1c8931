/** Tables that every local service has: settings and the webhook queue. */
export const sharedSchema = `
CREATE TABLE IF NOT EXISTS keyed_values (key TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE IF NOT EXISTS webhook_messages (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  payload TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  status TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  next_attempt_at INTEGER
);
CREATE INDEX IF NOT EXISTS webhook_messages_due ON webhook_messages (status, next_attempt_at);
CREATE INDEX IF NOT EXISTS webhook_messages_by_subject ON webhook_messages (subject_id);

CREATE INDEX IF NOT EXISTS webhook_messages_retried ON webhook_messages (next_attempt_at)
  WHERE status = 'pending' AND attempts > 0;

CREATE TABLE IF NOT EXISTS delivery_plans (id TEXT PRIMARY KEY, document TEXT NOT NULL);

CREATE TABLE IF NOT EXISTS webhook_attempts (
  id TEXT PRIMARY KEY,
  message_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  document TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS webhook_attempts_by_message ON webhook_attempts (message_id, at);
`;

/** The tables of these that a reset empties. */
export const sharedTables = ["webhook_messages", "delivery_plans", "webhook_attempts"] as const;
