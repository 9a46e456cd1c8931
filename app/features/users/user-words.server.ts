import { type SQL, sql } from "drizzle-orm";
import type { Database } from "~/db/client.server";
import { users } from "~/db/schema.server";
import { replaceWords } from "~/db/search/store-words.server";
import { wordsOf } from "~/db/search/words";
import type { User } from "./user";

type NamedUser = Pick<User, "clerkUserId" | "name" | "email">;

/** After an upsert in the same batch: only rows that it has written, with these names. */
export const storeWordsOfWritten = (db: Database, states: readonly NamedUser[], now: number) =>
  storeUserWords(db, states, sql`u.updated_at = ${now}`);

/** Skips rows that have other names by now, and tombstones. */
export function storeUserWords(
  db: Database,
  named: readonly NamedUser[],
  condition: SQL = sql`true`,
) {
  const states = named.map(({ clerkUserId, name, email }) => ({
    clerkUserId,
    name,
    email,
    words: [...new Set([...wordsOf(name), ...wordsOf(email ?? "")])],
  }));
  return replaceWords(
    db,
    "user",
    sql`select u.id as row_id, w.value as word, 'user' as source
      from json_each(${JSON.stringify(states)}) s cross join ${users} u on u.clerk_user_id = s.value ->> '$.clerkUserId'
      left join json_each(s.value, '$.words') w
      where u.deleted_at is null and u.name is s.value ->> '$.name' and u.email is s.value ->> '$.email' and ${condition}`,
  );
}
