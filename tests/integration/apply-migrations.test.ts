import { mkdtemp, rm } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { applyMigrations } from "../../scripts/database/apply-migrations.ts";
import { executeSql } from "../../scripts/database/execute-sql.ts";

let state: string;
beforeAll(async () => {
  state = await mkdtemp("build/migrated-");
});
afterAll(() => rm(state, { recursive: true }));

const query = (sql: string) => executeSql({ remote: false, state }, sql);

test("applies migrations to an empty database once, and again only those that are missing", async () => {
  expect(await applyMigrations(state)).toBe(true);
  expect(await applyMigrations(state)).toBe(false);
  await query("alter table payments drop column paid_minor");
  await query("alter table payments drop column is_paid_outside");
  await query("delete from d1_migrations where name = '0016_received-money.sql'");
  expect(await applyMigrations(state)).toBe(true);
  expect(await query("select paid_minor, is_paid_outside from payments")).toEqual([]);
});

test("two statements in one text are refused: the second would be ignored", async () => {
  await expect(query("select 1; select 2")).rejects.toThrow("Each argument is one statement");
});
