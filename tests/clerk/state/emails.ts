import { z } from "zod";
import type { Clock } from "../../local-service/clock.ts";
import type { Database } from "../../local-service/state/database.ts";
import { documentTable } from "../../local-service/state/documents.ts";
import { newId } from "./identifiers.ts";

/** An email that Clerk would have sent, shown on the control page. */
const emailSchema = z.object({
  id: z.string(),
  to: z.string(),
  subject: z.string(),
  code: z.string().nullable(),
  createdAt: z.number(),
});
export type Email = z.infer<typeof emailSchema>;

const emails = documentTable<Email>({
  table: "mails",
  schema: emailSchema,
  columns: (email) => ({ recipient: email.to, created_at: email.createdAt }),
});

export function sendEmail(
  db: Database,
  clock: Clock,
  email: Pick<Email, "to" | "subject" | "code">,
): Email {
  return emails.save(db, { id: newId("ema"), createdAt: clock.now(), ...email });
}

/** Newest first, optionally only emails to one address. */
export function listEmails(db: Database, to: string | undefined, limit: number): Email[] {
  if (to === undefined)
    return emails.select(db, "ORDER BY created_at DESC, rowid DESC LIMIT ?", limit);
  return emails.select(
    db,
    "WHERE recipient = ? ORDER BY created_at DESC, rowid DESC LIMIT ?",
    to.toLowerCase(),
    limit,
  );
}
