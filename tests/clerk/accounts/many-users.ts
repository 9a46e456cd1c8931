import type { Instance } from "../instance.ts";
import { addUser, createUser } from "./users.ts";

export type ManyUsers = { count: number; prefix: string; webhooks: boolean };

/**
 * Creates `count` users in one transaction, all with the same `created_at`: a list of them must
 * not depend on it. Throws `form_identifier_exists`, and then creates none.
 */
export function createManyUsers(
  instance: Instance,
  { count, prefix, webhooks }: ManyUsers,
): { count: number } {
  const create = webhooks ? createUser : addUser;
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
