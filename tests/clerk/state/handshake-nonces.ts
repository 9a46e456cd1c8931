import { z } from "zod";
import type { Clock } from "../../local-service/clock.ts";
import type { Database } from "../../local-service/state/database.ts";
import { newId } from "./identifiers.ts";

const lifetimeMs = 30_000;

const nonceRow = z.object({ directives: z.string() });

/** Stores the cookies of a handshake for the SDK to fetch; returns their nonce. */
export function saveDirectives(db: Database, clock: Clock, directives: string[]): string {
  const nonce = newId("nonce");
  db.statement("DELETE FROM handshake_nonces WHERE expires_at <= ?").run(clock.now());
  db.statement("INSERT INTO handshake_nonces (nonce, directives, expires_at) VALUES (?, ?, ?)").run(
    nonce,
    JSON.stringify(directives),
    clock.now() + lifetimeMs,
  );
  return nonce;
}

/** In production, a nonce can be redeemed once. */
export function redeemNonce(
  db: Database,
  clock: Clock,
  nonce: string,
  { once }: { once: boolean },
): string[] | undefined {
  const row = db
    .statement("SELECT directives FROM handshake_nonces WHERE nonce = ? AND expires_at > ?")
    .get(nonce, clock.now());
  if (row === undefined) return undefined;
  if (once) db.statement("DELETE FROM handshake_nonces WHERE nonce = ?").run(nonce);
  return z.array(z.string()).parse(JSON.parse(nonceRow.parse(row).directives));
}
