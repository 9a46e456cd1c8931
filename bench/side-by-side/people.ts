import type { ControlClient } from "../../tests/clerk/control-client.ts";
import type { BuiltWorker } from "../../tests/support/built-worker.ts";

export interface Person {
  id: string;
  clerkUserId: string;
  email: string;
  role: "user" | "admin";
}

export interface People {
  /** Send many requests. */
  returningUsers: Person[];
  admin: Person;
  /** Send one request per round, so that nothing about them is cached. */
  oneTimeUsers: Person[];
}

const name = "Ada Lovelace";
const returningUserCount = 8;

/** Creates users in Clerk whose metadata matches their rows, as after the first sync. */
export async function createPeople(clerk: ControlClient, oneTimeUsers: number): Promise<People> {
  await clerk.hold();
  const all: Person[] = [];
  for (let i = 0; i < 1 + returningUserCount + oneTimeUsers; i++) {
    const id = crypto.randomUUID();
    const email = `visitor-${i}@example.com`;
    const role = i === 0 ? "admin" : "user";
    const { id: clerkUserId } = await clerk.createUser({
      emailAddresses: [email],
      firstName: "Ada",
      lastName: "Lovelace",
      publicMetadata: { dbId: id, role },
    });
    all.push({ id, clerkUserId, email, role });
  }
  const [admin, ...others] = all;
  if (!admin) throw new Error("No users were created");
  return {
    admin,
    returningUsers: others.slice(0, returningUserCount),
    oneTimeUsers: others.slice(returningUserCount),
  };
}

export const allUsers = ({ admin, returningUsers, oneTimeUsers }: People) => [
  admin,
  ...returningUsers,
  ...oneTimeUsers,
];

/** Inserts the rows that webhooks would have created. */
export async function insertVisitors(
  db: BuiltWorker["db"],
  people: readonly Person[],
): Promise<void> {
  const now = Date.now();
  const rows = people.map(({ id, clerkUserId, email, role }) => [id, clerkUserId, email, role]);
  await db
    .prepare(
      `insert into users (id, clerk_user_id, email, name, role, clerk_updated_at, metadata_pending, created_at, updated_at)
       select value ->> 0, value ->> 1, value ->> 2, ?, value ->> 3, ?, 0, ?, ? from json_each(?)`,
    )
    .bind(name, now, now, now, JSON.stringify(rows))
    .run();
}
