import { and, eq, isNull } from "drizzle-orm";
import { type ClerkUsers, lookupLimit } from "~/clerk/users-api.server";
import { type Database, runQuery } from "~/db/client.server";
import { clerkInstance, users } from "~/db/schema.server";
import { ClerkUnavailableError } from "~/errors";

/** Whether the users in D1 belong to the Clerk instance of `CLERK_SECRET_KEY`. */
type Match = "ours" | "another" | "unknown";

export interface InstanceCheck {
  match: Match;
  /** The instance of `CLERK_SECRET_KEY`. */
  instanceId: string;
}

interface InstanceContext {
  db: Database;
  clerkUsers: ClerkUsers;
}

/** Until a reconcile has stored the instance, users whose push succeeded tell, if there are any. */
export async function checkInstance(context: InstanceContext): Promise<InstanceCheck> {
  const [storedId, instanceId] = await Promise.all([
    readInstanceId(context.db),
    context.clerkUsers.instanceId(),
  ]);
  if (storedId !== null) {
    return { instanceId, match: storedId === instanceId ? "ours" : "another" };
  }
  const pushedIds = await listPushedIds(context.db);
  if (pushedIds.length === 0) return { instanceId, match: "unknown" };
  const known = await context.clerkUsers.findMany(pushedIds);
  return { instanceId, match: known.ids.length > 0 ? "ours" : "another" };
}

/**
 * For users whom Clerk knows: cheaper than `checkInstance`, and nothing before the first reconcile.
 * @throws {ClerkUnavailableError} if the stored instance is another one.
 */
export async function assertStoredInstance({ db, clerkUsers }: InstanceContext): Promise<void> {
  const storedId = await readInstanceId(db);
  if (storedId === null || storedId === (await clerkUsers.instanceId())) return;
  throw new ClerkUnavailableError(anotherInstance);
}

/** @throws {ClerkUnavailableError} if Clerk's users are others than ours. */
export function assertNotAnother({ match }: InstanceCheck): void {
  if (match === "another") throw new ClerkUnavailableError(anotherInstance);
}

const anotherInstance = "CLERK_SECRET_KEY belongs to another Clerk instance";

/** @throws {ClerkUnavailableError} unless a user who is missing in Clerk must have been deleted. */
export function assertOurs(check: InstanceCheck): void {
  assertNotAnother(check);
  if (check.match === "unknown") {
    throw new ClerkUnavailableError("No reconcile has stored the Clerk instance yet");
  }
}

/** Null before the first reconcile. */
async function readInstanceId(db: Database): Promise<string | null> {
  const row = await runQuery(db.select().from(clerkInstance).get());
  return row?.instanceId ?? null;
}

/** An example event names a user whom Clerk does not know, so its push never succeeds. */
async function listPushedIds(db: Database): Promise<string[]> {
  const rows = await runQuery(
    db
      .select({ clerkUserId: users.clerkUserId })
      .from(users)
      .where(and(eq(users.metadataPending, false), isNull(users.deletedAt)))
      .limit(lookupLimit),
  );
  return rows.map(({ clerkUserId }) => clerkUserId);
}
