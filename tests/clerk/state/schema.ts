import { sharedSchema, sharedTables } from "../../local-service/state/schema.ts";

/**
 * Tables of the local Clerk. Entities are JSON documents; other columns exist only for lookups and
 * sorting.
 */
export const schema = `
CREATE TABLE IF NOT EXISTS users (
  id TEXT PRIMARY KEY,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  last_sign_in_at INTEGER,
  last_active_at INTEGER,
  first_name TEXT,
  last_name TEXT,
  username TEXT,
  email_address TEXT,
  search TEXT NOT NULL,
  document TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS users_by_creation ON users (created_at, id);
CREATE INDEX IF NOT EXISTS users_by_update ON users (updated_at, id);

CREATE TABLE IF NOT EXISTS email_addresses (
  id TEXT PRIMARY KEY,
  address TEXT NOT NULL,
  user_id TEXT NOT NULL,
  verified INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS email_addresses_by_address ON email_addresses (address);
CREATE INDEX IF NOT EXISTS email_addresses_by_user ON email_addresses (user_id);

CREATE TABLE IF NOT EXISTS clients (
  id TEXT PRIMARY KEY,
  dev_browser_id TEXT NOT NULL UNIQUE,
  document TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS sessions (
  id TEXT PRIMARY KEY,
  client_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  document TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS sessions_by_client ON sessions (client_id);
CREATE INDEX IF NOT EXISTS sessions_by_user ON sessions (user_id);
CREATE INDEX IF NOT EXISTS sessions_by_creation ON sessions (created_at);

CREATE TABLE IF NOT EXISTS sign_ups (id TEXT PRIMARY KEY, document TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS sign_ins (id TEXT PRIMARY KEY, document TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS tickets (id TEXT PRIMARY KEY, document TEXT NOT NULL);

CREATE TABLE IF NOT EXISTS invitations (
  id TEXT PRIMARY KEY,
  email_address TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  document TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS invitations_by_address ON invitations (email_address);

CREATE TABLE IF NOT EXISTS images (id TEXT PRIMARY KEY, document TEXT NOT NULL);

CREATE TABLE IF NOT EXISTS mails (
  id TEXT PRIMARY KEY,
  recipient TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  document TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS mails_by_recipient ON mails (recipient, created_at);
CREATE INDEX IF NOT EXISTS mails_by_creation ON mails (created_at);

CREATE TABLE IF NOT EXISTS handshake_nonces (
  nonce TEXT PRIMARY KEY,
  directives TEXT NOT NULL,
  expires_at INTEGER NOT NULL
);
${sharedSchema}`;

/** The tables that a reset empties. */
export const tables = [
  "users",
  "email_addresses",
  "clients",
  "sessions",
  "sign_ups",
  "sign_ins",
  "tickets",
  "invitations",
  "images",
  "mails",
  "handshake_nonces",
  ...sharedTables,
] as const;
