import { z } from "zod";
import type { Clock } from "../clock.ts";
import type { Database } from "./database.ts";
import { documentTable } from "./documents.ts";
import { newId } from "./identifiers.ts";

/** An e-mail that Clerk would have sent; it stays in the mailbox of the control page. */
const emailSchema = z.object({
  id: z.string(),
  to: z.string(),
  subject: z.string(),
  code: z.string().nullable(),
  createdAt: z.number(),
});
export type Email = z.infer<typeof emailSchema>;

const mails = documentTable<Email>({
  table: "mails",
  schema: emailSchema,
  columns: (mail) => ({ recipient: mail.to, created_at: mail.createdAt }),
});

export function sendEmail(
  db: Database,
  clock: Clock,
  mail: Pick<Email, "to" | "subject" | "code">,
): Email {
  return mails.save(db, { id: newId("ema"), createdAt: clock.now(), ...mail });
}

/** The latest e-mails first; to one address when it is given. */
export function listEmails(db: Database, to: string | undefined, limit: number): Email[] {
  if (to === undefined)
    return mails.select(db, "ORDER BY created_at DESC, rowid DESC LIMIT ?", limit);
  return mails.select(
    db,
    "WHERE recipient = ? ORDER BY created_at DESC, rowid DESC LIMIT ?",
    to.toLowerCase(),
    limit,
  );
}
