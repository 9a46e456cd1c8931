import { demoAccounts } from "../../tests/clerk/seed.ts";
import type { Clerk } from "./clerk.ts";
import type { LocalOptions } from "./options.ts";

export function banner({ port }: LocalOptions, clerk: Clerk): string {
  const lines = [`  The site       http://localhost:${port}`];
  if (clerk.kind === "local") {
    lines.push(`  Local Clerk    ${clerk.origin}  (users, emails, webhooks)`, "");
    for (const [role, { email, password }] of Object.entries(demoAccounts)) {
      lines.push(`  Demo ${role.padEnd(9)} ${email}, password ${password}`);
    }
  } else {
    lines.push("  Clerk          the real instance in .dev.vars");
  }
  return ["", ...lines, "", "  Press Ctrl-C to stop. Your data is kept.", ""].join("\n");
}
