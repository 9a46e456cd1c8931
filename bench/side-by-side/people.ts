import type { ControlClient } from "../../tests/clerk/control-client.ts";
import type { BuiltWorker } from "../../tests/support/built-worker.ts";

/** Somebody known to Clerk, with a row wherever there is a database. */
export interface Person {
  id: string;
  clerkUserId: string;
  email: string;
  role: "user" | "admin";
}

export interface People {
  /** Those who come again and again. */
  regulars: Person[];
  admin: Person;
  /** Those who come once a round, so that nobody has them in a cache. */
  strangers: Person[];
}

const name = "Ada Lovelace";
const regularCount = 8;

/** Creates the people who visit. Their metadata at Clerk says what their rows say, as after the first sync. */
export async function createPeople(clerk: ControlClient, strangers: number): Promise<People> {
  await clerk.hold();
  const all: Person[] = [];
  for (let i = 0; i < 1 + regularCount + strangers; i++) {
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
  if (!admin) throw new Error("Nobody was created");
  return {
    admin,
    regulars: others.slice(0, regularCount),
    strangers: others.slice(regularCount),
  };
}

export const everybody = ({ admin, regulars, strangers }: People) => [
  admin,
  ...regulars,
  ...strangers,
];

/** The rows that the webhooks about these people would have made. */
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
