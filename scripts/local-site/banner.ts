import { demoAccounts } from "../../tests/clerk/seed.ts";
import type { Clerk } from "./clerk.ts";
import type { LocalOptions } from "./options.ts";

/** What a person needs to know once everything runs. */
export function banner({ port }: LocalOptions, clerk: Clerk): string {
  const lines = [`  The site       http://localhost:${port}`];
  if (clerk.kind === "local") {
    lines.push(`  Local Clerk    ${clerk.origin}  (people, e-mails, webhooks)`, "");
    for (const [role, { email, password }] of Object.entries(demoAccounts)) {
      lines.push(`  Demo ${role.padEnd(9)} ${email}, password ${password}`);
    }
  } else {
    lines.push("  Clerk          the real one named in .dev.vars");
  }
  return ["", ...lines, "", "  Ctrl-C stops all of it; the data stays.", ""].join("\n");
}
