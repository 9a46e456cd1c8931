import fc from "fast-check";
import { parse } from "node-html-parser";
import { beforeAll, expect, test } from "vitest";
import { type ConsoleUser, consoleUser, readList } from "../support/admin-console.ts";
import { open, send } from "../support/course-console.ts";
import { crons } from "../support/crons.ts";
import { usePlatform } from "../support/fixtures.ts";
import { insertPurchase } from "../support/purchases.ts";
import { expectedMatches, expectPages, fillWords, tooMany } from "../support/search.ts";
import { placeOrder } from "../support/stripe-orders.ts";

const platform = await usePlatform({}, { withStripe: true });
let ada: ConsoleUser;

interface Row {
  id: string;
  user: string;
  course: string;
  reference: string;
  status: string;
  day: number;
  /** 2: an admin decides; 1: a dispute waits. */
  attention: number;
  words: string[];
}

const buyers = ["Grace Hopper", "Gräta Straße"].map((name, i) => ({ id: `buyer-${i}`, name }));
const titles = ["Night sky", "Sky maps", "Élan"];
const words = [
  ["grace", "hopper"],
  ["grata", "strasse"],
];
const titleWords = [["night", "sky"], ["sky", "maps"], ["elan"]];
const statuses = ["pending", "paid", "cancelled", "refunded"];
const firstDay = Date.UTC(2026, 0, 1);
const dayMs = 86_400_000;

const rows: Row[] = Array.from({ length: 1_800 }, (_, i) => {
  const number = `${i}`.padStart(10, "0");
  return {
    id: `bought-${(i * 37) % 1_800}`,
    user: `buyer-${i % 2}`,
    course: `course-${i % 3}`,
    reference: `CP-${number}`,
    // One pending order per buyer and course.
    status: i < 6 ? "pending" : (statuses[1 + (i % 3)] ?? "paid"),
    day: i % 10,
    attention: i % 5 === 0 ? 1 + (i % 2) : 0,
    words: [...(words[i % 2] ?? []), ...(titleWords[i % 3] ?? []), "cp", number, `cp${number}`],
  };
});

beforeAll(async () => {
  ada = await consoleUser(platform, "admin");
  const { db } = platform;
  await db.batch([
    ...buyers.map(({ id, name }) =>
      db
        .prepare(
          `insert into users (id, clerk_user_id, name, role, metadata_pending, created_at, clerk_updated_at, updated_at)
           values (?1, 'user_' || ?1, ?2, 'user', 0, 1, 1, 1)`,
        )
        .bind(id, name),
    ),
    ...titles.map((title, i) =>
      db
        .prepare(
          `insert into courses (id, slug, title, summary, description, cover, price_minor, currency, status, created_at, updated_at)
           values (?1, ?1, ?2, 'Unsearched', '', 'waves', 100, 'EUR', 'draft', 1, 1)`,
        )
        .bind(`course-${i}`, title),
    ),
    db
      .prepare(
        `insert into purchases (id, user_id, course_id, price_minor, currency, snapshot, status, provider, provider_reference, created_at, attention)
         select value ->> 'id', value ->> 'user', courses.id, 100, 'EUR', json_object('slug', slug, 'title', title, 'summary', '', 'cover', 'waves', 'lessons', 1),
           value ->> 'status', 'pay-later', value ->> 'reference', ${firstDay} + (value ->> 'day') * ${dayMs} + 5, value ->> 'attention'
         from json_each(?) join courses on courses.id = value ->> 'course'`,
      )
      .bind(JSON.stringify(rows)),
  ]);
  await fillWords(platform);
});

/** The purchases of a page by their references, in order. */
async function read(path: string) {
  const response = await ada.visit(path);
  expect(response.status).toBe(200);
  const html = await response.text();
  const listed = parse(html).querySelectorAll("tbody tr");
  const ids = listed.flatMap((row) => /CP-\w{10}/.exec(row.text)?.[0] ?? []);
  const { next, previous } = readList(html);
  return { ids, next, previous, html };
}

const typed = fc.constantFrom<[string, string]>(
  ...["gra", "hop", "sky", "maps", "unsearched", "cp", "000", "zzz"].map(
    (word): [string, string] => [word, word],
  ),
  ["GRÄTA", "grata"],
  ["élan", "elan"],
  ["cp0000000017", "cp0000000017"],
);
const days = fc.constantFrom(null, 0, 3, 9, 20);

const anyDay = { from: null, to: null };

const filters = fc.record({
  words: fc.array(typed, { maxLength: 3 }),
  person: fc.constantFrom("", ...buyers.map(({ id }) => id)),
  status: fc.constantFrom("", ...statuses),
  attention: fc.constantFrom("", "", "needed"),
  from: days,
  to: days,
});

test("searches and lists with filters show what naive ones show", async () => {
  const seen = { found: 0, tooMany: 0 };
  await fc.assert(
    fc.asyncProperty(filters, async ({ words, person, status, attention, from, to }) => {
      const passes = (row: Row) =>
        (!person || row.user === person) &&
        (!status || row.status === status) &&
        (!attention || row.attention > 0) &&
        row.day >= (from ?? 0) &&
        row.day <= (to ?? 99);
      const isFiltered = Boolean(status || attention || from !== null || to !== null);
      const dateOf = (day: number | null) =>
        day === null ? "" : new Date(firstDay + day * dayMs).toISOString().slice(0, 10);
      const q = words.map(([text]) => text).join(" ");
      const dates = { from: dateOf(from), to: dateOf(to) };
      const params = new URLSearchParams({ q, person, status, attention, ...dates });
      const level = (row: Row) => (attention ? row.attention : 0);
      const newest = (a: Row, b: Row) =>
        level(b) - level(a) || b.day - a.day || (a.id < b.id ? 1 : -1);
      const ids =
        words.length === 0
          ? rows
              .filter(passes)
              .sort(newest)
              .map(({ id }) => id)
          : expectedMatches(
              rows,
              words.map(([, word]) => word),
              isFiltered,
              passes,
              person ? rows.filter(({ user }) => user === person).length : undefined,
            );
      const path = `/admin/purchases?${params}`;
      const { html } = await read(path);
      expect(html.includes(tooMany)).toBe(ids === tooMany);
      seen[ids === tooMany ? "tooMany" : "found"]++;
      if (ids === tooMany) return;
      const references = new Map(rows.map(({ id, reference }) => [id, reference]));
      await expectPages(
        read,
        path,
        ids.map((id) => references.get(id) ?? ""),
      );
    }),
    {
      numRuns: 40,
      examples: [
        [{ words: [["cp", "cp"]], person: "", status: "paid", ...{ attention: "", ...anyDay } }],
        [{ words: [], person: "", status: "", attention: "needed", ...anyDay }],
      ],
    },
  );
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(0);
});

test("a person's page links to all purchases if it does not show them", async () => {
  const [buyer] = buyers;
  const link = `/admin/purchases?person=${buyer?.id}`;
  const page = async (id = "") => (await ada.visit(`/admin/users/${id}`)).text();
  expect(await page(buyer?.id)).toContain(`href="${link}"`);
  const few = await consoleUser(platform, "user");
  for (let n = 0; n < 10; n++) {
    await insertPurchase(platform, { userId: few.id, courseId: "course-0", status: "paid" });
  }
  expect(await page(few.id)).not.toContain("/admin/purchases?person=");
  const { html } = await read(`${link}&status=paid`);
  expect(html.replaceAll("<!-- -->", "")).toMatch(/Purchases of <a [^>]+>Grace Hopper<\/a> only/);
  expect(html).toContain(`name="person" value="${buyer?.id}"`);
  expect((await read("/admin/purchases?person=nobody")).html).toContain("No purchases match.");
  await platform.db
    .prepare(
      "delete from search_words where row_id in (select id from purchases where user_id = ?)",
    )
    .bind(few.id)
    .run();
  await platform.db.prepare("delete from purchases where user_id = ?").bind(few.id).run();
});

test("invalid dates are ignored", async () => {
  const all = await read("/admin/purchases");
  const { ids } = await read("/admin/purchases?from=2026-02-30&to=yesterday");
  expect(ids).toEqual(all.ids);
});

test("a payment is found by Stripe's ids, the reference, the buyer and the course", async () => {
  const buyer = await consoleUser(platform, "user");
  const { id, course, sessionId } = await placeOrder(platform, buyer);
  await platform.stripe.pay(sessionId);
  await platform.stripe.waitForIdle();
  const payment =
    "select provider_reference, payment_intent_id from purchases join payments on purchase_id = id where id = ?";
  const row = await platform.db.prepare(payment).bind(id).first<Record<string, string>>();
  const { provider_reference = "", payment_intent_id = "" } = row ?? {};
  const references = [sessionId, payment_intent_id, provider_reference.replace("-", "")];
  for (const q of references) {
    expect((await read(`/admin/purchases?${new URLSearchParams({ q })}`)).ids, q).toEqual([
      provider_reference,
    ]);
  }
  expect((await read("/admin/purchases?q=lovelace+course&status=paid")).ids).toEqual([
    provider_reference,
  ]);

  // A new title of the course finds it, too, after the job has run.
  const page = `/admin/courses/${course.id}`;
  const { fields } = await open(ada, page, "course");
  await send(ada, `${page}?index`, { ...fields, title: "Renamed tide" });
  await platform.scheduled(crons.frequent);
  for (const q of ["tide", "course lovelace"]) {
    expect((await read(`/admin/purchases?${new URLSearchParams({ q })}`)).ids, q).toEqual([
      provider_reference,
    ]);
  }
});
