import { glob, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { executeSql } from "../../scripts/database/execute-sql.ts";
import { requestRun } from "../../scripts/reconcile/runs-in-d1.ts";
import { type ControlClient, createControlClient } from "../clerk/control-client.ts";
import {
  createLocalStack,
  ended,
  type LocalStack,
  type RunningProgram,
} from "../support/local-stack.ts";

/** Order matters: each test continues with the state of the previous one. */
let stack: LocalStack;
let clerk: ControlClient;
let site: RunningProgram;
beforeAll(async () => {
  stack = await createLocalStack();
  site = stack.start();
  await site.until("Press Ctrl-C to stop");
  clerk = createControlClient(`http://127.0.0.1:${stack.clerkPort}`);
  await clerk.waitForIdle({ retries: true });
});
afterAll(async () => {
  site.child.kill("SIGINT");
  await ended(site.child);
  await stack.remove();
});

/** Runs the command to completion. */
async function reconcile(...args: string[]) {
  const options = ["--port", `${stack.port}`, ...args];
  const { child, output } = stack.run("scripts/reconcile.ts", options);
  return { code: await ended(child), text: output() };
}

test("reports that Clerk and D1 are in sync", async () => {
  const { code, text } = await reconcile("--dry-run");
  expect(text).toContain("Clerk and D1 are in sync.");
  expect(text).toContain("Compared 2 Clerk users and 2 rows");
  expect(code).toBe(0);
});

test("compares payments with Stripe", async () => {
  const dryRun = await reconcile("--payments", "--dry-run");
  expect(dryRun.text).toContain("Stripe and D1 are in sync.");
  expect(dryRun.code).toBe(0);
});

test("reports that the last admin was banned", async () => {
  const [admin] = await clerk.listUsers({ emailAddress: "ada@example.com" });
  await clerk.updateUser(admin?.id ?? "", { banned: true });
  await clerk.waitForIdle({ retries: true });
  expect((await reconcile()).text).toContain("No active admin is left.");
  await clerk.updateUser(admin?.id ?? "", { banned: false });
  await clerk.waitForIdle({ retries: true });
  expect((await reconcile()).text).not.toContain("No active admin");
});

test("a dry run reports lost webhooks without changes; a run repairs them", async () => {
  await clerk.createUsers({ count: 600, prefix: "lost" });
  for (const _ of ["once", "again"]) {
    const { code, text } = await reconcile("--dry-run");
    expect(text).toMatch(/missing in D1 +600 /);
    expect(code).toBe(2);
  }
  const { code, text } = await reconcile();
  expect(text).toMatch(/^Clerk users +\[-+\] +0% 0 of \?$/m);
  expect(text).toMatch(/^Rows +\[#+\] 100% 602$/m);
  expect(text).toMatch(/missing in D1 +600 .*: rows added/);
  expect(text).not.toContain("\r");
  expect(code).toBe(0);
});

test("joins a run in progress and reports its different options", async () => {
  const state = join(stack.checkout, ".wrangler/state");
  const open = {
    mode: "repair",
    allowMassDeletion: false,
    adoptInstance: false,
    remote: false,
    port: 0,
    state,
  } as const;
  expect(await requestRun(open, Date.now())).toMatchObject({ isNew: true });
  const { code, text } = await reconcile("--dry-run");
  expect(text).toContain("A run is already in progress");
  expect(text).toContain("It is a repair run without mass deletion");
  expect(code).toBe(0);
});

test("an interrupted import continues, and adds everyone once", async () => {
  await clerk.createUsers({ count: 1_200, prefix: "more" });
  const first = stack.run("scripts/reconcile.ts", ["--port", `${stack.port}`]);
  await first.until("Clerk users");
  first.child.kill("SIGINT");
  await ended(first.child);
  expect((await reconcile()).code).toBe(0);
  const state = { remote: false, state: join(stack.checkout, ".wrangler/state") };
  const counts = "select count(*) as found, count(distinct clerk_user_id) as users from users";
  expect(await executeSql(state, counts)).toEqual([{ found: 1_802, users: 1_802 }]);
});

test("stops if almost all users are missing, unless mass deletion is allowed", async () => {
  await clerk.reset();
  const blocked = await reconcile();
  expect(blocked.text).toContain("The run failed: Too many users are missing in Clerk");
  expect(blocked.code).toBe(1);
  const allowed = await reconcile("--allow-mass-deletion");
  expect(allowed.text).toMatch(/missing in Clerk +1,\d{3} .*: soft-deleted/);
  expect(allowed.code).toBe(0);
});

test("stops at another Clerk instance, unless it is adopted", async () => {
  site.child.kill("SIGINT");
  await ended(site.child);
  const state = join(stack.checkout, ".wrangler/state");
  for await (const name of glob("local-clerk.sqlite*", { cwd: state })) await rm(join(state, name));
  site = stack.start();
  await site.until("Press Ctrl-C to stop");
  await clerk.waitForIdle({ retries: true });
  const stopped = await reconcile();
  expect(stopped.text).toContain("belongs to another Clerk instance");
  expect(stopped.code).toBe(1);
  const adopted = await reconcile("--adopt-instance");
  expect(adopted.text).toContain("Compared 2 Clerk users");
  expect(adopted.code).toBe(0);
  expect((await reconcile("--dry-run")).text).toMatch(/missing in Clerk +0 /);
});

test("`npm run render` renders all remaining texts", async () => {
  const place = { remote: false, state: join(stack.checkout, ".wrangler/state") };
  await executeSql(place, "update rendered_texts set renderer = 0, html = null");
  const port = ["--port", `${stack.port}`];
  const { child, output } = stack.run("scripts/render-texts.ts", port);
  expect(await ended(child), output()).toBe(0);
  expect(output()).toMatch(/^Texts left to render: \d\d\n(.|\n)*Texts left to render: 0\.\n$/);
  const left = "select text_id from rendered_texts where renderer = 0 or html is null";
  expect(await executeSql(place, left)).toEqual([]);
});

test("without a worker, explains how to start one", async () => {
  const { code, text } = await reconcile("--port", `${stack.clerkPort}`);
  expect(text).toContain(`No worker answers on port ${stack.clerkPort}`);
  expect(code).toBe(1);
});

test("names an unknown option", async () => {
  const { code, text } = await reconcile("--dryrun");
  expect(text).toContain("--dryrun");
  expect(code).toBe(1);
});
