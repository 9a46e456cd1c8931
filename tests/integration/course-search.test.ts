import fc from "fast-check";
import { parse } from "node-html-parser";
import { beforeAll, expect, test } from "vitest";
import { type ConsoleUser, consoleUser, readList } from "../support/admin-console.ts";
import { open, send } from "../support/course-console.ts";
import { insertCourse } from "../support/courses.ts";
import { usePlatform } from "../support/fixtures.ts";
import { expectedMatches, expectPages, fillWords, tooMany } from "../support/search.ts";

const platform = await usePlatform();
let ada: ConsoleUser;

interface Row {
  id: string;
  slug: string;
  title: string;
  summary: string;
  status: string;
  words: string[];
}

const texts = [
  {
    title: "How the night sky moves",
    summary: "Stars, the Moon",
    words: "how the night sky moves stars moon",
  },
  {
    title: "Élan vital",
    summary: "Die Straße ins Leben",
    words: "elan vital die strasse ins leben",
  },
  {
    title: "SQL from zero",
    summary: "The first 100 queries",
    words: "sql from zero the first 100 queries",
  },
];
const statuses = ["published", "published", "draft", "archived"];

const rows: Row[] = Array.from({ length: 1_700 }, (_, i) => {
  const { words, ...text } = texts[i % texts.length] ?? { title: "", summary: "", words: "" };
  const number = `n${`${i}`.padStart(4, "0")}`;
  return {
    id: `course-${(i * 37) % 1_700}`,
    slug: `slug-${i}`,
    title: `${text.title} ${number}`,
    summary: `${text.summary} every`,
    status: statuses[i % statuses.length] ?? "draft",
    words: [...words.split(" "), number, "every"],
  };
});

beforeAll(async () => {
  ada = await consoleUser(platform, "admin");
  await platform.db
    .prepare(
      `insert into courses (id, slug, title, summary, description, cover, price_minor, currency, status, created_at, updated_at, published_at)
       select value ->> 'id', value ->> 'slug', value ->> 'title', value ->> 'summary', '', 'waves', 0, 'EUR', value ->> 'status', 1, 1,
         iif(value ->> 'status' = 'draft', null, 1) from json_each(?)`,
    )
    .bind(JSON.stringify(rows))
    .run();
  await fillWords(platform);
});

/** The courses of a page by their slugs or ids, in order, and what it says. */
async function read(path: string, prefix: string, init?: RequestInit) {
  const response = await ada.visit(path, init);
  expect(response.status).toBe(200);
  const html = await response.text();
  const links = parse(html).querySelectorAll(`main a[href^="${prefix}"]`);
  const ids = links.map((link) => link.getAttribute("href")?.slice(prefix.length) ?? "");
  const { next, previous } = readList(html);
  return { ids: ids.filter((id) => id !== "new"), next, previous, html };
}
const signedOut = { headers: {} };
const readCatalog = (path: string) => read(path, "/courses/", signedOut);
const readConsole = (path: string) => read(path, "/admin/courses/");

const typed = fc.constantFrom<[string, string]>(
  ...["how", "sky", "st", "e", "n0", "n00", "n000", "n16", "the", "every", "zzz"].map(
    (word): [string, string] => [word, word],
  ),
  ["ÉLAN", "elan"],
  ["Straß", "strass"],
);

test("searches of the catalog and the console find what a naive one finds", async () => {
  const seen = { found: 0, tooMany: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(typed, { minLength: 1, maxLength: 3 }),
      fc.constantFrom("", "draft", "published", "archived", "catalog"),
      async (words, where) => {
        const isCatalog = where === "catalog";
        const status = isCatalog ? "published" : where;
        const terms = words.map(([, word]) => word);
        const ids = expectedMatches(
          rows,
          terms,
          status !== "",
          (row) => !status || row.status === status,
        );
        const q = words.map(([text]) => text).join(" ");
        const path = isCatalog
          ? `/?${new URLSearchParams({ q })}`
          : `/admin/courses?${new URLSearchParams({ q, status })}`;
        const { html } = await (isCatalog ? readCatalog : readConsole)(path);
        expect(html.includes(tooMany)).toBe(ids === tooMany);
        seen[ids === tooMany ? "tooMany" : "found"]++;
        if (ids === tooMany) return;
        const slugOf = new Map(rows.map(({ id, slug }) => [id, slug]));
        if (isCatalog)
          await expectPages(
            readCatalog,
            path,
            ids.map((id) => slugOf.get(id) ?? ""),
            12,
          );
        else await expectPages(readConsole, path, ids);
      },
    ),
    { numRuns: 30, examples: [[[["every", "every"]], "catalog"]] },
  );
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(0);
});

test("a search of the catalog has its own address and keeps what was typed", async () => {
  const { html } = await readCatalog(`/?q=${encodeURIComponent('"><b> night')}`);
  const page = parse(html);
  expect(page.querySelector("input[name=q]")?.getAttribute("value")).toBe('"><b> night');
  expect(page.querySelector("link[rel=canonical]")?.getAttribute("href")).toContain("/?q=%22");
  expect((await readCatalog("/?q=zzz")).html).toContain("No courses match");
  expect((await readCatalog("/?q=%00%20")).html).not.toContain("matching");
});

test("a course is found by its new texts at once, and by visitors while it is published", async () => {
  const id = crypto.randomUUID();
  const form = { id, title: "Quinces", slug: `quinces-${id}`, summary: "A fruit", description: "" };
  const rest = { cover: "arcs", price: "0", currency: "EUR" };
  expect((await send(ada, "/admin/courses/new", { ...form, ...rest })).status).toBe(302);
  expect((await readConsole("/admin/courses?q=quin+fruit")).ids).toEqual([id]);
  expect((await readCatalog("/?q=quin")).ids).toEqual([]);

  const { fields } = await open(ada, `/admin/courses/${id}`, "course");
  const outdated = { ...fields, title: "Never saved", version: "7" };
  expect((await send(ada, `/admin/courses/${id}?index`, outdated)).status).toBe(409);
  await send(ada, `/admin/courses/${id}?index`, { ...fields, title: "Medlars" });
  expect((await readConsole("/admin/courses?q=medlars")).ids).toEqual([id]);
  for (const q of ["quinces", "never"]) {
    expect((await readConsole(`/admin/courses?q=${q}`)).ids).toEqual([]);
  }

  const { id: other } = await insertCourse(platform, {
    title: "Sloes",
    slug: "sloes",
    status: "draft",
  });
  expect((await readCatalog("/?q=sloes")).ids).toEqual([]);
  const publish = { status: "published", version: "1" };
  await send(ada, `/admin/courses/${other}?index`, publish);
  expect((await readCatalog("/?q=sloes")).ids).toEqual(["sloes"]);
});
