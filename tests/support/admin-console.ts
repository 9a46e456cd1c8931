import { parse } from "node-html-parser";
import type { Platform } from "./platform.ts";
import { cookieHeader, createSignedInUser } from "./signed-in-user.ts";

type Role = "user" | "admin";

/** The role form on a user's page, as a browser without JavaScript submits it. */
export interface RoleForm {
  to: Role;
  seenRole: Role;
  seenChange?: string;
  reason?: string;
}

/** Creates a signed-in user with a row in D1 and helpers for the console. */
export async function consoleUser(platform: Platform, role: Role) {
  const person = await createSignedInUser(platform, { role });
  const row = await platform.db
    .prepare("select id from users where clerk_user_id = ?")
    .bind(person.clerkUserId)
    .first<{ id: string }>();
  if (!row) throw new Error("The webhook wrote no row");
  const headers = { ...cookieHeader(person.cookies), Origin: platform.origin };
  const visit = (path: string, init: RequestInit = {}) =>
    fetch(`${platform.origin}${path}`, { redirect: "manual", headers, ...init });
  const post = (path: string, fields: Record<string, string>) =>
    visit(path, { method: "POST", body: new URLSearchParams(fields) });
  return {
    ...person,
    id: row.id,
    visit,
    post,
    /** Changes a role, based on its latest change unless `seenChange` is given. */
    async changeRole(userId: string, form: RoleForm) {
      const seenChange = form.seenChange ?? (await latestChange(platform, userId));
      const fields = { intent: "change-role", reason: "because", ...form, seenChange };
      return post(`/admin/users/${userId}?change=role`, fields);
    },
  };
}
export type ConsoleUser = Awaited<ReturnType<typeof consoleUser>>;

/** The id of a user's latest role change, or an empty string. */
export async function latestChange({ db }: Platform, userId: string): Promise<string> {
  const sql =
    "select id from role_changes where user_id = ? order by created_at desc, id desc limit 1";
  return (await db.prepare(sql).bind(userId).first<string>("id")) ?? "";
}

/** Adds users with their words that do not exist at Clerk: `Person 0000001` etc. */
export async function insertManyUsers({ db }: Pick<Platform, "db">, count: number): Promise<void> {
  const batch = 50_000;
  for (let from = 0; from < count; from += batch) {
    const to = Math.min(count, from + batch);
    const numbers = `with recursive n(i) as (select ${from} union all select i + 1 from n where i + 1 < ${to})`;
    await db
      .prepare(
        `${numbers} insert into users (id, clerk_user_id, email, name, role, clerk_updated_at, metadata_pending, created_at, updated_at, deleted_at)
         select printf('person-%07d', i), printf('user_person_%07d', i),
           iif(i % 100 = 7, null, printf('person-%07d@example.com', i)),
           iif(i % 100 = 7, 'Deleted user', printf('Person %07d', (i * 7919) % ${count})),
           iif(i % 1000 = 3, 'admin', 'user'), 1, i % 500 = 9, 1700000000000 + i, 1700000000000 + i,
           iif(i % 100 = 7, 1800000000000, null)
         from n`,
      )
      .run();
    await db
      .prepare(
        `${numbers} insert or ignore into search_words (kind, row_id, word, source)
         select 'user', printf('person-%07d', i), word.value, 'user' from n,
           json_each(json_array('person', printf('%07d', (i * 7919) % ${count}), printf('%07d', i), 'example', 'com')) word
         where i % 100 <> 7`,
      )
      .run();
  }
}

/** The user ids in the first table of a list page, in order, and the links to adjacent pages. */
export function readList(html: string) {
  const page = parse(html);
  const link = (rel: string) => page.querySelector(`a[rel="${rel}"]`)?.getAttribute("href") ?? null;
  const links = page.querySelector("table")?.querySelectorAll('a[href^="/admin/users/"]') ?? [];
  const paths = links.map((one) => one.getAttribute("href") ?? "");
  const ids = paths
    .filter((path) => !path.includes("?"))
    .map((path) => path.split("/").at(-1) ?? "");
  return { ids, next: link("next"), previous: link("prev") };
}
