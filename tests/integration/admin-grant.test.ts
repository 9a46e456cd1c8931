import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { lacksAdmin } from "../../scripts/database/lacks-admin.ts";
import { runCommand } from "../support/run-command.ts";

/** The state folder of a separate local D1. */
let state: string;
beforeAll(async () => {
  await mkdir("build", { recursive: true });
  state = await mkdtemp("build/grant-");
  await wrangler("migrations", "apply", "DB");
  await query(`insert into users (id, clerk_user_id, email, name, clerk_updated_at, created_at, updated_at, metadata_pending, metadata_retry_at, deleted_at) values
    ('ada', 'c1', 'Ada.O''Hara@Example.com', 'Ada', 1, 1, 1, 0, 9, null), ('two', 'c2', 'two@example.com', 'Two', 1, 1, 1, 0, 9, null),
    ('zwei', 'c3', 'TWO@example.com', 'Zwei', 1, 1, 1, 0, 9, null), ('gone', 'c4', 'gone@example.com', 'Gone', 1, 1, 1, 0, 9, 1),
    ('new', 'c5', 'new@example.com', 'New', 1, 1, 1, 0, 9, null)`);
});
afterAll(() => rm(state, { recursive: true }));

const env = { ...process.env, WRANGLER_SEND_METRICS: "false", CI: "1" };

async function wrangler(...args: string[]): Promise<string> {
  const place = ["--local", "--persist-to", state];
  return (await promisify(execFile)("wrangler", ["d1", ...args, ...place], { env })).stdout;
}

const outputSchema = z.array(z.object({ results: z.array(z.record(z.string(), z.unknown())) }));

async function query(sql: string) {
  const text = await wrangler("execute", "DB", "--json", "--command", sql);
  return outputSchema.parse(JSON.parse(text)).at(-1)?.results;
}

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
