import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { type ConsoleUser, consoleUser, readList } from "../support/admin-console.ts";
import { insertCourse } from "../support/courses.ts";
import { usePlatform } from "../support/fixtures.ts";
import { clerkUnreachable } from "../support/platform.ts";
import { insertPurchase } from "../support/purchases.ts";
import {
  expectedMatches,
  expectPages,
  fillWords,
  storedWords,
  tooMany,
} from "../support/search.ts";
import { clerkEvent, postWebhook } from "../support/webhooks.ts";

const platform = await usePlatform(clerkUnreachable);

interface Row {
  id: string;
  name: string;
  email: string | null;
  /** As a person would list them. */
  words: string[];
  role: string;
  banned: number | null;
  deleted: number | null;
}

const people: Pick<Row, "name" | "email" | "words">[] = [
  {
    name: "Grace Hopper",
    email: "g.hopper@navy.mil",
    words: ["grace", "hopper", "g", "navy", "mil"],
  },
  { name: "GRACE Kelly", email: "kelly@example.com", words: ["grace", "kelly", "example", "com"] },
  {
    name: "Élodie Straße",
    email: "e2@example.com",
    words: ["elodie", "strasse", "e2", "example", "com"],
  },
  { name: "grant O'Hara", email: null, words: ["grant", "o", "hara"] },
  {
    name: "100% sure_x",
    email: "sure@navy.example",
    words: ["100", "sure", "x", "navy", "example"],
  },
  { name: "数学 山田", email: null, words: ["数", "学", "山", "田"] },
  { name: "!!!", email: null, words: [] },
];

/** 280 similar people in all states, and 4,800 with a word in common. */
function everyone(): Row[] {
  const similar = Array.from({ length: 280 }, (_, i) => ({
    id: `crowd-${(i * 37) % 280}`,
    role: i % 9 === 0 ? "admin" : "user",
    banned: i % 4 === 1 ? 1 : null,
    deleted: i % 11 === 0 ? 1 : null,
    ...(people[i % people.length] ?? { name: "", email: null, words: [] }),
  }));
  const robins = Array.from({ length: 4_800 }, (_, i) => {
    const number = `n${`${i}`.padStart(4, "0")}`;
    const words = ["robin", number];
    const state = { role: i % 2 ? "admin" : "user", banned: null, deleted: null };
    return { id: `robin-${i}`, name: `Robin ${number}`, email: null, words, ...state };
  });
  return [...similar, ...robins];
}

let ada: ConsoleUser;
const rows = everyone();
const found = rows.filter(({ deleted }) => deleted === null);
beforeAll(async () => {
  ada = await consoleUser(platform, "admin");
  await platform.db.exec("delete from search_words");
  await platform.db
    .prepare(
      `insert into users (id, clerk_user_id, name, email, role, metadata_pending, created_at, deleted_at, banned_at, clerk_updated_at, updated_at)
       select value ->> 'id', 'user_' || (value ->> 'id'), value ->> 'name', value ->> 'email', value ->> 'role',
         0, 1, value ->> 'deleted', value ->> 'banned', 1, 1 from json_each(?)`,
    )
    .bind(JSON.stringify(rows))
    .run();
  await fillWords(platform);
  // Ada's own words would match, too.
  await platform.db.prepare("delete from search_words where row_id = ?").bind(ada.id).run();
});

const read = async (path: string) => {
  const response = await ada.visit(path);
  expect(response.status).toBe(200);
  const html = await response.text();
  return { ...readList(html), isTooMany: html.includes(tooMany) };
};

const pathOf = (query: Record<string, string>) => `/admin/users?${new URLSearchParams(query)}`;

test("the job stores the words of every row but the deleted ones", async () => {
  const stored = await platform.db.prepare("select row_id, word from search_words").raw();
  const expected = found.flatMap(({ id, words }) => words.map((word) => [id, word]));
  expect(stored.map(String).sort()).toEqual(expected.map(String).sort());
});

/** As typed, and the word whose beginning it is. */
const typedWords = fc.constantFrom<[string, string]>(
  ...(
    ["g", "gra", "grace", "hop", "navy", "exam", "com", "e", "robin", "n0", "n001", "n47"] as const
  ).map((word): [string, string] => [word, word]),
  ["GRÄCE", "grace"],
  ["Straß", "strass"],
  ["ÉLO", "elo"],
  ["学", "学"],
  ["'o'", "o"],
  ["zzz", "zzz"],
);

const searches = fc.record({
  typed: fc.array(typedWords, { minLength: 1, maxLength: 3 }),
  role: fc.constantFrom("", "user", "admin"),
  state: fc.constantFrom("", "active", "banned", "pending", "deleted"),
});

/** Words of 4,800 people. */
const frequent = ["robin", "n"];

test("a search finds what a naive one finds, page by page, or says that there is too much", async () => {
  const outcomes = { found: 0, nothing: 0, tooMany: 0 };
  await fc.assert(
    fc.asyncProperty(searches, async ({ typed, role, state }) => {
      const passes = (row: Row) =>
        (!role || row.role === role) &&
        (state !== "banned" || row.banned !== null) &&
        (state !== "active" || row.banned === null) &&
        state !== "pending" &&
        state !== "deleted";
      const terms = typed.map(([, word]) => word);
      const ids = expectedMatches(found, terms, `${role}${state}` !== "", passes);
      const path = pathOf({ q: typed.map(([text]) => text).join(" "), role, state });
      const { isTooMany } = await read(path);
      expect(isTooMany).toBe(ids === tooMany);
      outcomes[ids === tooMany ? "tooMany" : ids.length > 0 ? "found" : "nothing"]++;
      if (ids !== tooMany) await expectPages(read, path, ids);
    }),
    {
      numRuns: 80,
      examples: frequent.map((text) => [{ typed: [[text, text]], role: "", state: "" }]),
    },
  );
  expect(Math.min(...Object.values(outcomes))).toBeGreaterThan(0);
});

test("a person is found by our id and by Clerk's, unless deleted", async () => {
  const [deleted, person] = [rows[0], rows[1]];
  for (const id of [person?.id ?? "", `user_${person?.id}`]) {
    expect((await read(pathOf({ q: ` ${id} ` }))).ids).toEqual([person?.id]);
  }
  expect((await read(pathOf({ q: `user_${deleted?.id}` }))).ids).toEqual([]);
});

test("any text is answered, on every page that searches", async () => {
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ minLength: 500, maxLength: 900 }),
  );
  const { id } = await insertCourse(platform);
  const learners = `/admin/courses/${id}/people`;
  const paths = ["/admin/users", "/admin/courses", learners, "/admin/purchases", "/"];
  await fc.assert(
    fc.asyncProperty(text, fc.constantFrom(...paths), text, async (q, path, after) => {
      const response = await ada.visit(`${path}?${new URLSearchParams({ q, after })}`);
      expect(response.status).toBe(200);
    }),
    { numRuns: 80 },
  );
});

/** Counts the changes of words from now on. */
async function countChanges() {
  await platform.db.batch(
    [
      "drop table if exists word_changes",
      "create table word_changes (word text)",
      "create trigger if not exists word_added after insert on search_words begin insert into word_changes values (new.word); end",
      "create trigger if not exists word_removed after delete on search_words begin insert into word_changes values (old.word); end",
    ].map((statement) => platform.db.prepare(statement)),
  );
  return async () => {
    const { results } = await platform.db
      .prepare("select word from word_changes order by word")
      .all();
    return results.map(({ word }) => word);
  };
}

test("words follow a person's row, change only if it does, and vanish with the person", async () => {
  const { db, origin } = platform;
  const send = async (type: string, data: Record<string, unknown>) => {
    const body = clerkEvent(type, { id: "user_words", ...data });
    return (await postWebhook({ origin, body })).json();
  };
  const named = (first_name: string, updated_at: number, rest = {}) => ({
    first_name,
    updated_at,
    ...rest,
  });
  expect(await send("user.created", named("Ada Byron", 10))).toEqual({ outcome: "applied" });
  const id =
    (await db
      .prepare("select id from users where clerk_user_id = 'user_words'")
      .first<string>("id")) ?? "";
  expect(await storedWords(platform, id)).toEqual(["ada", "byron"]);
  const { id: courseId } = await insertCourse(platform, { title: "Engines" });
  const purchase = await insertPurchase(platform, { userId: id, courseId });
  expect(await storedWords(platform, purchase)).toEqual(["ada", "byron"]);

  const changes = await countChanges();
  expect(await send("user.updated", named("Ada Lovelace", 20))).toEqual({ outcome: "applied" });
  expect(await changes()).toEqual(["byron", "byron", "lovelace", "lovelace"]);
  expect(await storedWords(platform, purchase)).toEqual(["ada", "lovelace"]);

  const before = await changes();
  expect(await send("user.updated", named("Old Name", 15))).toEqual({ outcome: "stale" });
  expect(await send("user.updated", named("Ada Lovelace", 30, { locked: true }))).toEqual({
    outcome: "applied",
  });
  expect(await changes()).toEqual(before);

  await send("user.deleted", { deleted: true });
  expect(await storedWords(platform, id)).toEqual([]);
  expect(await storedWords(platform, purchase)).toEqual([]);
  await send("user.updated", named("Ada Lovelace", 40));
  expect(await storedWords(platform, id)).toEqual([]);
  for (const q of ["ada", "lovelace", id, "user_words"]) {
    expect((await read(pathOf({ q }))).ids).toEqual([]);
  }
});
