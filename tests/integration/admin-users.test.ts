import fc from "fast-check";
import { parse } from "node-html-parser";
import { beforeAll, expect, test } from "vitest";
import { type ConsoleUser, consoleUser, readList } from "../support/admin-console.ts";
import { usePlatform } from "../support/fixtures.ts";

const platform = await usePlatform();
let ada: ConsoleUser;
let allUsers: Row[];
beforeAll(async () => {
  ada = await consoleUser(platform, "admin");
  await insert(similarUsers());
  const { results } = await platform.db.prepare(`select ${columns} from users`).all<Row>();
  allUsers = results;
});

interface Row {
  id: string;
  name: string;
  email: string | null;
  role: string;
  pending: number;
  created: number;
  deleted: number | null;
  banned: number | null;
}
const columns =
  "id, name, email, role, metadata_pending as pending, created_at as created, deleted_at as deleted, banned_at as banned";

const longName = "n".repeat(60);
const names = [
  "Ada",
  "ada lovelace",
  "ADA",
  "Élodie",
  "élodie",
  "O'Hara",
  "100% sure",
  "under_score",
  "😀 smile",
  "Deleted user",
  longName,
  "Ada\u0001x",
  "[a-z]*",
  "ß",
];

/** Users with the same names, emails and timestamps, in all roles and states. */
function similarUsers(): Row[] {
  return Array.from({ length: 260 }, (_, i) => ({
    id: `crowd-${(i * 37) % 260}`,
    name: names[i % names.length] ?? "",
    email: i % 5 === 0 ? null : `${["Ada", "bob", "100%", "o'hara", "x_y"][i % 4]}@example.com`,
    role: i % 9 === 0 ? "admin" : "user",
    pending: Number(i % 7 === 0 && i % 11 !== 0),
    created: 1_700_000_000_000 + Math.floor(i / 40),
    deleted: i % 11 === 0 ? 1 : null,
    banned: i % 3 === 0 && i % 11 !== 0 ? 1 : null,
  }));
}

async function insert(rows: readonly Row[]): Promise<void> {
  await platform.db
    .prepare(
      `insert into users (id, clerk_user_id, name, email, role, metadata_pending, created_at, deleted_at, banned_at, clerk_updated_at, updated_at)
       select value ->> 'id', 'user_' || (value ->> 'id'), value ->> 'name', value ->> 'email', value ->> 'role',
         value ->> 'pending', value ->> 'created', value ->> 'deleted', value ->> 'banned', 1, 1 from json_each(?)`,
    )
    .bind(JSON.stringify(rows))
    .run();
}

async function list(query: Record<string, string>) {
  const response = await ada.visit(`/admin/users?${new URLSearchParams(query)}`);
  expect(response.status).toBe(200);
  return readList(await response.text());
}

/** Follows all next links, then all previous links. */
async function walk(query: Record<string, string>) {
  const pages = [await list(query)];
  for (let next = pages[0]?.next; next; next = pages.at(-1)?.next ?? null) {
    pages.push(readList(await (await ada.visit(next)).text()));
  }
  const back = [pages.at(-1)];
  for (let previous = back[0]?.previous; previous; previous = back.at(-1)?.previous ?? null) {
    back.push(readList(await (await ada.visit(previous)).text()));
  }
  const ids = (all: typeof back) => all.flatMap((page) => page?.ids ?? []);
  return { there: ids(pages), back: ids(back.reverse()) };
}

const lower = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
const bytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

interface Query {
  role: string;
  state: string;
  sort: string;
}

/** The expected ids of a list, in order. */
function expected({ role, state, sort }: Query): string[] {
  const textOf = (row: Row, by: string) => lower((by === "name" ? row.name : row.email) ?? "");
  const key = (row: Row) =>
    sort === "newest" ? `${row.created}${row.id}` : `${textOf(row, sort)}\u0001${row.id}`;
  return allUsers
    .filter((row) => !role || row.role === role)
    .filter((row) => !state || (state === "deleted") === (row.deleted !== null))
    .filter((row) => state !== "pending" || row.pending === 1)
    .filter((row) => state !== "active" || row.banned === null)
    .filter((row) => state !== "banned" || row.banned !== null)
    .sort((a, b) => bytes(key(a), key(b)) * (sort === "newest" ? -1 : 1))
    .map(({ id }) => id);
}

const queries = fc.record({
  role: fc.constantFrom("", "user", "admin"),
  state: fc.constantFrom("", "active", "pending", "banned", "deleted"),
  sort: fc.constantFrom("newest", "name", "email"),
});

test("paging forward and back through any list shows every user once, in order", async () => {
  await fc.assert(
    fc.asyncProperty(queries, async (query) => {
      const ids = expected(query);
      expect(await walk(query)).toEqual({ there: ids, back: ids });
    }),
    { numRuns: 40 },
  );
});

test.each([
  "role=owner&state=gone&sort=price",
  "after=&before=",
  `after=${"x".repeat(2_000)}`,
  "role=&state=&sort=&q=",
])("invalid search params show the first page of all users: %s", async (query) => {
  const plain = await list({});
  const response = await ada.visit(`/admin/users?${query}`);
  expect(readList(await response.text())).toMatchObject({ ids: plain.ids, previous: null });
});

test("a cursor after the last user shows an empty page with a link to the full list", async () => {
  const html = await (await ada.visit("/admin/users?sort=name&after=%F4%8F%BF%BF")).text();
  expect(readList(html)).toEqual({ ids: [], next: null, previous: null });
  expect(html).toContain("Show all users");
});

test("the form shows the filters in the URL", async () => {
  const html = await (
    await ada.visit("/admin/users?q=%22%3E%3Cscript%3E&role=admin&state=pending")
  ).text();
  const page = parse(html);
  expect(page.querySelector("input[name=q]")?.getAttribute("value")).toBe('"><script>');
  for (const chosen of ["admin", "pending"]) {
    expect(page.querySelector(`option[value="${chosen}"][selected]`), chosen).not.toBeNull();
  }
});
