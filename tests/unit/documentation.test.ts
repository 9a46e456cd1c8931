import { access, glob, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { getTableName, is } from "drizzle-orm";
import { SQLiteTable } from "drizzle-orm/sqlite-core";
import { expect, test } from "vitest";
import * as z from "zod";
import * as schema from "../../app/db/schema.server.ts";

const scriptsSchema = z.object({ scripts: z.record(z.string(), z.string()) });

/** Folders whose files the pages name by their path. */
const sourcePath =
  /`((?:app|bench|docs|migrations|public|scripts|tests)\/[\w./$-]*[\w/])`|`([\w-]+\.(?:toml|json|js|md))`/g;

const pages = [
  "*.md",
  "docs/**/*.md",
  "bench/*.md",
  "app/styles/fonts/*.md",
  "tests/{clerk,stripe}/README.md",
];
const texts = new Map<string, string>();
/** Contains code. */
const generated = "docs/mutation.md";
for await (const page of glob(pages, { exclude: [generated] }))
  texts.set(page, await readFile(page, "utf8"));

test("every relative link of a page leads to a file and a heading", async () => {
  const broken: string[] = [];
  for (const [page, text] of texts) {
    for (const [, link = ""] of text.matchAll(/\]\(((?!https?:)[^)\s]+)\)/g)) {
      const [path = "", anchor] = link.split("#");
      const target = path === "" ? page : join(dirname(page), path);
      const isFound = (await exists(target)) && (!anchor || (await headings(target)).has(anchor));
      if (!isFound) broken.push(`${page}: ${link}`);
    }
  }
  expect(broken).toEqual([]);
});

test("each decision has a number of its own, as links to it say", () => {
  const decisions = [...texts].filter(([page]) => page.startsWith("docs/decisions/"));
  const numbers = decisions.map(([page]) => Number(/\/(\d{4})-/.exec(page)?.[1]));
  expect([...numbers].sort((a, b) => a - b)).toEqual(numbers.map((_, index) => index + 1));
  expect(decisions.map(([, text]) => Number(/^# (\d+)\. /.exec(text)?.[1]))).toEqual(numbers);
  for (const [page, text] of texts) {
    for (const [link, said, number] of text.matchAll(/\[decision (\d+)\]\([^)]*?(\d{4})-/g)) {
      expect(Number(number), `${page}: ${link}`).toBe(Number(said));
    }
  }
});

test("every file that a page names exists", async () => {
  const missing: string[] = [];
  for (const [page, text] of texts) {
    for (const [, path, rootFile] of text.matchAll(sourcePath)) {
      const name = path ?? rootFile ?? "";
      const places = [name, join(dirname(page), name)];
      if (!(await Promise.all(places.map(exists))).some(Boolean)) missing.push(`${page}: ${name}`);
    }
  }
  expect(missing).toEqual([]);
});

test("every page that code refers to exists", async () => {
  const files = glob("{app,scripts,tests,bench}/**/*.{ts,tsx}", { exclude: ["**/build/**"] });
  const missing: string[] = [];
  for await (const file of files) {
    for (const [name] of (await readFile(file, "utf8")).matchAll(/docs\/[\w/-]+\.md/g)) {
      if (!(await exists(name))) missing.push(`${file}: ${name}`);
    }
  }
  expect(missing).toEqual([]);
});

test("every npm script that a page names exists", async () => {
  const { scripts } = scriptsSchema.parse(JSON.parse(await readFile("package.json", "utf8")));
  const unknown = [...texts].flatMap(([page, text]) =>
    [...text.matchAll(/npm run ([a-z][\w:]*)/g)]
      .filter(([, name = ""]) => !(name in scripts))
      .map(([command]) => `${page}: ${command}`),
  );
  expect(unknown).toEqual([]);
});

test("every decision has a date and a status, and the README stays short", () => {
  const decisions = [...texts].filter(([page]) => page.startsWith("docs/decisions/"));
  expect(decisions.length).toBeGreaterThan(20);
  for (const [page, text] of decisions) {
    expect(text, page).toMatch(/^# \d+\. .+\n\nDate: \d{4}-\d\d-\d\d · Status: \w/);
  }
  expect(texts.get("README.md")?.split(/\s+/).length).toBeLessThanOrEqual(1_500);
});

/** Tables that triggers and the cron fill. */
const derivedTables = [
  "rendered_texts",
  "figures",
  "learner_activity",
  "search_fills",
  "search_words",
];

test("the documented export holds every table but those that triggers and the cron fill", () => {
  const tables = Object.values(schema)
    .filter((table) => is(table, SQLiteTable))
    .map(getTableName);
  const exported = [...(texts.get("docs/operations.md") ?? "").matchAll(/--table (\w+)/g)];
  const names = new Set(exported.map(([, name]) => name));
  expect([...names].sort()).toEqual(tables.filter((name) => !derivedTables.includes(name)).sort());
});

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

/** The anchors of a page's headings, as GitHub makes them. */
async function headings(page: string): Promise<Set<string>> {
  const text = await readFile(page, "utf8");
  const titles = text.matchAll(/^#+ (.+)$/gm);
  return new Set(
    [...titles].map(([, title = ""]) =>
      title
        .toLowerCase()
        .replace(/[^\w\s-]/g, "")
        .replaceAll(" ", "-"),
    ),
  );
}
