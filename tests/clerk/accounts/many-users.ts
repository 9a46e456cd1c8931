import type { Instance } from "../instance.ts";
import { createUser, createUserSilently } from "./users.ts";

export type ManyUsers = { count: number; prefix: string; webhooks: boolean };

/**
 * Creates all users in one transaction, with the same `created_at` so that lists cannot rely on it.
 * Throws `form_identifier_exists` and then creates none.
 */
export function createManyUsers(
  instance: Instance,
  { count, prefix, webhooks }: ManyUsers,
): { count: number } {
  const create = webhooks ? createUser : createUserSilently;
  const createdAt = instance.clock.now();
  instance.db.transaction(() => {
    for (let n = 1; n <= count; n += 1) {
      create(instance, {
        emailAddresses: [`${prefix}${n}@example.com`],
        firstName: "User",
        lastName: String(n),
        createdAt,
      });
    }
  });
  return { count };
}
