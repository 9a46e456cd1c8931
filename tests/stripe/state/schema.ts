import { sharedSchema, sharedTables } from "../../local-service/state/schema.ts";

/**
 * Tables of the local Stripe. Entities are JSON documents; other columns exist only for lookups and
 * sorting. Newest first is by rowid.
 */
export const schema = `
CREATE TABLE IF NOT EXISTS checkout_sessions (
  id TEXT PRIMARY KEY,
  livemode INTEGER NOT NULL,
  created INTEGER NOT NULL,
  status TEXT NOT NULL,
  payment_intent TEXT,
  due_at INTEGER,
  document TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS checkout_sessions_due ON checkout_sessions (due_at);
CREATE INDEX IF NOT EXISTS checkout_sessions_by_payment ON checkout_sessions (payment_intent);

CREATE TABLE IF NOT EXISTS payment_intents (
  id TEXT PRIMARY KEY,
  livemode INTEGER NOT NULL,
  created INTEGER NOT NULL,
  due_at INTEGER,
  document TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS payment_intents_due ON payment_intents (due_at);

CREATE TABLE IF NOT EXISTS charges (
  id TEXT PRIMARY KEY,
  livemode INTEGER NOT NULL,
  created INTEGER NOT NULL,
  payment_intent TEXT NOT NULL,
  document TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS charges_by_payment ON charges (payment_intent);

CREATE TABLE IF NOT EXISTS refunds (
  id TEXT PRIMARY KEY,
  livemode INTEGER NOT NULL,
  created INTEGER NOT NULL,
  charge TEXT NOT NULL,
  payment_intent TEXT NOT NULL,
  due_at INTEGER,
  document TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS refunds_due ON refunds (due_at);
CREATE INDEX IF NOT EXISTS refunds_by_payment ON refunds (payment_intent);

CREATE TABLE IF NOT EXISTS disputes (
  id TEXT PRIMARY KEY,
  livemode INTEGER NOT NULL,
  created INTEGER NOT NULL,
  charge TEXT NOT NULL,
  payment_intent TEXT NOT NULL,
  document TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS disputes_by_payment ON disputes (payment_intent);

CREATE TABLE IF NOT EXISTS events (
  id TEXT PRIMARY KEY,
  livemode INTEGER NOT NULL,
  created INTEGER NOT NULL,
  type TEXT NOT NULL,
  document TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS idempotent_results (id TEXT PRIMARY KEY, document TEXT NOT NULL);

${sharedSchema}`;

/** The tables that a reset empties. */
export const tables = [
  "checkout_sessions",
  "payment_intents",
  "charges",
  "refunds",
  "disputes",
  "events",
  "idempotent_results",
  ...sharedTables,
] as const;
