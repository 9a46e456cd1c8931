import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { applyMigrations } from "../../scripts/database/apply-migrations.ts";
import { executeSql } from "../../scripts/database/execute-sql.ts";
import { lacksAdmin } from "../../scripts/database/lacks-admin.ts";
import { runCommand } from "../support/run-command.ts";

/** The state folder of a separate local D1. */
let state: string;
beforeAll(async () => {
  await mkdir("build", { recursive: true });
  state = await mkdtemp("build/grant-");
  await applyMigrations(state);
  await query(`insert into users (id, clerk_user_id, email, name, clerk_updated_at, created_at, updated_at, metadata_pending, metadata_retry_at, deleted_at) values
    ('ada', 'c1', 'Ada.O''Hara@Example.com', 'Ada', 1, 1, 1, 0, 9, null), ('two', 'c2', 'two@example.com', 'Two', 1, 1, 1, 0, 9, null),
    ('zwei', 'c3', 'TWO@example.com', 'Zwei', 1, 1, 1, 0, 9, null), ('gone', 'c4', 'gone@example.com', 'Gone', 1, 1, 1, 0, 9, 1),
    ('new', 'c5', 'new@example.com', 'New', 1, 1, 1, 0, 9, null)`);
});
afterAll(() => rm(state, { recursive: true }));

const query = (sql: string) => executeSql({ remote: false, state }, sql);

const grant = (...args: string[]) =>
  runCommand("scripts/grant-admin.ts", [...args, "--state", state]);

const changes = () => query("select * from role_changes");

test("rejects an email address that no user or several users have", async () => {
  expect(await grant("two@example.com")).toMatchObject({
    code: 1,
    output: expect.stringContaining("2 users have the email address"),
  });
  for (const unknown of ["gone@example.com", "%@example.com"]) {
    expect(await grant(unknown)).toMatchObject({
      code: 1,
      output: expect.stringContaining("No user has"),
    });
  }
  expect(await grant()).toMatchObject({ code: 1, output: expect.stringContaining("admin:grant") });
  expect(await changes()).toEqual([]);
});

test("makes the only user with the address an admin, once, with an audit entry", async () => {
  const first = await grant("ada.o'hara@example.COM");
  expect(first).toMatchObject({ code: 0, output: expect.stringContaining("Ada is now an admin.") });
  const second = await grant("ada.o'hara@example.com");
  expect(second).toMatchObject({ code: 0, output: expect.stringContaining("already") });
  expect(await query("select * from users where role = 'admin'")).toMatchObject([
    { id: "ada", metadata_pending: 1, metadata_retry_at: null },
  ]);
  expect(await changes()).toMatchObject([
    { user_id: "ada", changed_by: null, from_role: "user", reason: "granted from a terminal" },
  ]);
});

test("is the way back after the last admin was banned", async () => {
  await query("update users set banned_at = 1 where id = 'ada'");
  expect(await lacksAdmin({ remote: false, state })).toBe(true);
  expect(await grant("ada.o'hara@example.com")).toMatchObject({
    code: 1,
    output: expect.stringContaining("Ada is banned. Unban them in Clerk first."),
  });
  const granted = await grant("new@example.com");
  expect(granted).toMatchObject({
    code: 0,
    output: expect.stringContaining("New is now an admin."),
  });
  expect(await lacksAdmin({ remote: false, state })).toBe(false);
});
