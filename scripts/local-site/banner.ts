import { universalCode } from "../../tests/clerk/environment.ts";
import { demoAccounts } from "../../tests/clerk/seed.ts";
import type { LocalOptions } from "./options.ts";
import type { LocalServices, Services } from "./services.ts";

export function banner({ port }: LocalOptions, services: Services): string {
  const lines = [`  The site       http://localhost:${port}`];
  if (services.kind === "local") {
    lines.push(...serviceLines(services));
  } else {
    lines.push("  Clerk          the real instance in .dev.vars");
  }
  return ["", ...lines, "", "  Press Ctrl-C to stop. Your data is kept.", ""].join("\n");
}

/** Where the local services are, and who can sign in. */
export function serviceLines({ clerkOrigin, stripeOrigin }: LocalServices): string[] {
  const accounts = Object.entries(demoAccounts).map(
    ([role, { email, password }]) => `  Demo ${role.padEnd(9)} ${email}, password ${password}`,
  );
  return [
    `  Local Clerk    ${clerkOrigin}  (users, emails, webhooks)`,
    `  Local Stripe   ${stripeOrigin}  (payments, events)`,
    "",
    ...accounts,
    `  New accounts   any email address, code ${universalCode}`,
  ];
}
