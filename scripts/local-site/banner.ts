import { universalCode } from "../../tests/clerk/environment.ts";
import { demoAccounts } from "../../tests/clerk/seed.ts";
import type { LocalOptions } from "./options.ts";
import type { Services } from "./services.ts";

export function banner({ port }: LocalOptions, services: Services): string {
  const lines = [`  The site       http://localhost:${port}`];
  if (services.kind === "local") {
    lines.push(`  Local Clerk    ${services.clerkOrigin}  (users, emails, webhooks)`);
    lines.push(`  Local Stripe   ${services.stripeOrigin}  (payments, events)`, "");
    for (const [role, { email, password }] of Object.entries(demoAccounts)) {
      lines.push(`  Demo ${role.padEnd(9)} ${email}, password ${password}`);
    }
    lines.push(`  New accounts   any email address, code ${universalCode}`);
  } else {
    lines.push("  Clerk          the real instance in .dev.vars");
  }
  return ["", ...lines, "", "  Press Ctrl-C to stop. Your data is kept.", ""].join("\n");
}
