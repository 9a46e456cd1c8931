import { hashPassword } from "./accounts/passwords.ts";
import { createUser } from "./accounts/users.ts";
import type { Instance } from "./instance.ts";
import { users } from "./state/users.ts";

/** Accounts of a new local Clerk. */
export const demoAccounts = {
  admin: {
    email: "ada@example.com",
    password: "ada-local-password",
    firstName: "Ada",
    lastName: "Lovelace",
    publicMetadata: { role: "admin" },
  },
  user: {
    email: "grace@example.com",
    password: "grace-local-password",
    firstName: "Grace",
    lastName: "Hopper",
    publicMetadata: {},
  },
} as const;

/** Creates the demo accounts and queues their webhooks, unless users exist. */
export function seedDemoAccounts(instance: Instance): void {
  if (users.count(instance.db, "") > 0) return;
  for (const account of Object.values(demoAccounts)) {
    createUser(instance, {
      emailAddresses: [account.email],
      passwordHash: hashPassword(account.password),
      firstName: account.firstName,
      lastName: account.lastName,
      publicMetadata: { ...account.publicMetadata },
    });
  }
}
