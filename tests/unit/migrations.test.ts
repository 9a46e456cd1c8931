import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { findRebuilds } from "../support/migrations/find-rebuilds.ts";
import { readMigrations, splitStatements } from "../support/migrations/migrations.ts";

/**
 * Migrations that rebuild a table, by name. Add one only if it saves the rows that refer to the
 * table (docs/operations.md); tests/integration/migrations.test.ts then compares every row.
 */
const safeRebuilds: Record<string, string[]> = {
  // No table refers to it.
  "0008_payments.sql": ["course_changes"],
};

test("no migration rebuilds a table, unless it was written by hand to be safe", async () => {
  const found = (await readMigrations()).map(({ name, statements }) => [
    name,
    findRebuilds(statements),
  ]);
  const rebuilds = found.filter(([, tables]) => tables?.length);
  expect(Object.fromEntries(rebuilds)).toEqual(safeRebuilds);
});

test.each([
  ["DROP TABLE `lessons`;", ["lessons"]],
  ['drop table if exists "lessons"', ["lessons"]],
  ["PRAGMA foreign_keys=OFF;--> statement-breakpoint\nDROP TABLE lessons;", ["lessons"]],
  ["-- The old table\nDROP TABLE `lessons`;", ["lessons"]],
  ["ALTER TABLE `__new_lessons` RENAME TO `lessons`;", ["lessons"]],
  ["PRAGMA foreign_keys=OFF; DROP TABLE lessons;", ["lessons"]],
  ["CREATE TABLE new (id text); DROP TABLE lessons; DROP TABLE users;", ["lessons", "users"]],
  ["/* The old\ntable */ DROP TABLE lessons;", ["lessons"]],
  ["DROP  /* the old */ TABLE\n  lessons;", ["lessons"]],
  ["DROP TABLE'lessons'", ["lessons"]],
  ["DROP TABLE IF EXISTS[lessons]", ["lessons"]],
  ["drop table main.lessons", ["lessons"]],
  ['DROP TABLE "main" . "lessons"', ["lessons"]],
  ["ALTER TABLE\n  [new lessons]  rename\tto `Lessons`;", ["lessons"]],
  ["ALTER TABLE main.new_lessons RENAME TO lessons;", ["lessons"]],
  ["INSERT INTO notes VALUES ('--'); DROP TABLE lessons;", ["lessons"]],
  ["INSERT INTO notes VALUES ('it''s /*'); DROP TABLE lessons;", ["lessons"]],
  ["-- It's the old table.\nDROP TABLE lessons;", ["lessons"]],
  ["-- DROP TABLE lessons;\n/* DROP TABLE lessons; */", []],
  ["ALTER TABLE lessons ADD cover text; ALTER TABLE lessons RENAME COLUMN a TO b;", []],
  ["ALTER TABLE `lessons` ADD `cover` text;", []],
  ["DROP INDEX `lessons_slug`;", []],
  ["CREATE TABLE `lessons` (`id` text);", []],
])("finds rebuilds in %s", (sql, tables) => {
  expect(findRebuilds(splitStatements(sql))).toEqual(tables);
});

test("the migrations produce the schema in the code", async () => {
  const copy = await mkdtemp("build/migrations-");
  try {
    await cp("migrations", copy, { recursive: true });
    const options = ["--dialect", "sqlite", "--schema", "./app/db/schema.server.ts", "--out", copy];
    await promisify(execFile)("drizzle-kit", ["generate", ...options]);
    expect(await readdir(copy)).toEqual(await readdir("migrations"));
  } finally {
    await rm(copy, { recursive: true });
  }
});
