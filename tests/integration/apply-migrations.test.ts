import { mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { applyMigrations } from "../../scripts/database/apply-migrations.ts";
import { executeSql } from "../../scripts/database/execute-sql.ts";
import { readMigrations } from "../support/migrations/migrations.ts";

let state: string;
beforeAll(async () => {
  state = await mkdtemp("build/migrated-");
});
afterAll(() => rm(state, { recursive: true }));

const query = (sql: string) => executeSql({ remote: false, state }, sql);

test("applies migrations to an empty database once, and again only those that are missing", async () => {
  expect(await applyMigrations(state)).toBe(true);
  expect(await applyMigrations(state)).toBe(false);
  const names = (await readMigrations()).map(({ name }) => ({ name }));
  expect(await query("select name from d1_migrations order by id")).toEqual(names);
  await query("drop index payments_without_method");
  await query("drop index stripe_events_by_outcome");
  await query("delete from d1_migrations where name = '0013_stripe_lists.sql'");
  expect(await applyMigrations(state)).toBe(true);
  const index = "select name from sqlite_master where name = 'payments_without_method'";
  expect(await query(index)).toEqual([{ name: "payments_without_method" }]);
});

test("the database of an earlier database_id does not count", async () => {
  const folder = `${state}/v3/d1/miniflare-D1DatabaseObject`;
  const [file = ""] = (await readdir(folder)).filter((name) => /^[0-9a-f]{64}\.sqlite$/.test(name));
  await rename(`${folder}/${file}`, `${folder}/${"0".repeat(64)}.sqlite`);
  expect(await applyMigrations(state)).toBe(true);
  expect(await query("select count(*) as count from d1_migrations")).toEqual([
    { count: (await readMigrations()).length },
  ]);
});

test("two statements in one text are refused: the second would be ignored", async () => {
  await expect(query("select 1; select 2")).rejects.toThrow("Each argument is one statement");
});
