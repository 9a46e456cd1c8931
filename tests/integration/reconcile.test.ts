import { createClerkClient } from "@clerk/backend";
import { beforeEach, expect, test } from "vitest";
import { localClerkKeys } from "../clerk/environment.ts";
import { readCompleteLog } from "../support/complete-log.ts";
import { crons } from "../support/crons.ts";
import { usePlatform } from "../support/fixtures.ts";
import { startPlatform } from "../support/platform.ts";

const platform = await usePlatform();
beforeEach(async () => {
  await platform.clerk.hold();
  await platform.clerk.reset();
  for (const table of ["users", "webhook_deliveries", "reconcile_runs", "clerk_instance"]) {
    await platform.db.exec(`delete from ${table}`);
  }
});

const latestRun = () =>
  platform.db.prepare("select * from reconcile_runs order by id desc").first();

/** Completes a run tick by tick and returns its record. */
async function reconcile() {
  await platform.scheduled(crons.daily);
  for (let run = await latestRun(); run?.finished_at === null; run = await latestRun()) {
    await platform.scheduled(crons.frequent);
  }
  return latestRun();
}

async function createUsers(count: number): Promise<string[]> {
  const people = [];
  for (let i = 0; i < count; i++) {
    people.push(
      await platform.clerk.createUser({
        emailAddresses: [`p${i}@example.com`],
        firstName: `P${i}`,
      }),
    );
  }
  return people.map(({ id }) => id);
}

const people = async () =>
  (await platform.db.prepare("select * from users order by created_at, clerk_user_id").all())
    .results;

test("creates rows for users whose webhooks were lost, and pushes their ids to Clerk", async () => {
  const ids = await createUsers(3);
  expect(await reconcile()).toMatchObject({
    users_checked: 3,
    missing: 3,
    outdated: 0,
    gone: 0,
    error: null,
  });
  const rows = await people();
  expect(rows.map((row) => row.clerk_user_id).sort()).toEqual([...ids].sort());
  for (const row of rows) {
    const { public_metadata } = await platform.clerk.getUser(`${row.clerk_user_id}`);
    expect(public_metadata).toMatchObject({ dbId: row.id, role: "user" });
  }
});

test("a second run finds and changes nothing", async () => {
  await createUsers(3);
  await reconcile();
  await reconcile();
  const before = await people();
  const second = await reconcile();
  expect(second).toMatchObject({
    missing: 0,
    outdated: 0,
    metadata_wrong: 0,
    gone: 0,
    users_checked: 3,
  });
  expect(await people()).toEqual(before);
});

test("repairs a lost update, a lost deletion and changed metadata", async () => {
  const [renamed = "", removed = "", tampered = ""] = await createUsers(3);
  await reconcile();
  await platform.clerk.updateUser(renamed, { firstName: "Renamed" });
  await platform.clerk.updateUser(tampered, { publicMetadata: { role: "admin" } });
  await platform.clerk.deleteUser(removed);
  expect(await reconcile()).toMatchObject({ outdated: 2, metadata_wrong: 1, gone: 1, missing: 0 });
  const rows = new Map((await people()).map((row) => [row.clerk_user_id, row]));
  expect(rows.get(renamed)).toMatchObject({ name: "Renamed" });
  expect(rows.get(removed)).toMatchObject({ name: "Deleted user", email: null });
  expect(rows.get(tampered)).toMatchObject({ role: "user", metadata_pending: 0 });
  expect((await platform.clerk.getUser(tampered)).public_metadata).toMatchObject({ role: "user" });
});

test("keeps a row that is newer than Clerk's page", async () => {
  const [id = ""] = await createUsers(1);
  await reconcile();
  const later = platform.db.prepare("update users set name = 'Newer', clerk_updated_at = ?");
  await later.bind(Date.now() + 60_000).run();
  expect(await reconcile()).toMatchObject({ outdated: 0, ahead: 0 });
  expect((await people())[0]).toMatchObject({ clerk_user_id: id, name: "Newer" });
});

test("reports a tombstone that Clerk still lists, and keeps it", async () => {
  await createUsers(1);
  await reconcile();
  await platform.db.exec("update users set deleted_at = 1, name = 'Deleted user', email = null");
  expect(await reconcile()).toMatchObject({ tombstoned: 1, missing: 0, outdated: 0 });
  expect((await people())[0]).toMatchObject({ deleted_at: 1, name: "Deleted user" });
});

test("handles more users than a statement has parameters as one page", async () => {
  await createUsers(120);
  expect(await reconcile()).toMatchObject({
    users_checked: 120,
    missing: 120,
    rows_checked: 120,
    pages: 3,
  });
  expect(await people()).toHaveLength(120);
});

test("concurrent ticks never process a page twice", async () => {
  await createUsers(5);
  await platform.scheduled(crons.daily);
  await platform.db.exec("delete from reconcile_runs");
  await Promise.all([platform.scheduled(crons.daily), platform.scheduled(crons.daily)]);
  await Promise.all([platform.scheduled(crons.frequent), platform.scheduled(crons.frequent)]);
  const { results } = await platform.db.prepare("select * from reconcile_runs").all();
  expect(results.length).toBeGreaterThan(0);
  for (const run of results)
    expect(run).toMatchObject({ users_checked: 5, rows_checked: 5, pages: 2 });
});

test("skips a run that another invocation holds until its lease expires", async () => {
  await createUsers(2);
  await platform.db
    .prepare(
      `insert into reconcile_runs (id, mode, started_at, updated_at, lease_token, lease_until)
       values ('held', 'repair', 1, 1, 'somebody', ?)`,
    )
    .bind(Date.now() + 60_000)
    .run();
  await platform.scheduled(crons.frequent);
  expect(await latestRun()).toMatchObject({ pages: 0, lease_token: "somebody" });
  await platform.db.exec("update reconcile_runs set lease_until = 0");
  await platform.scheduled(crons.frequent);
  expect(await latestRun()).toMatchObject({
    id: "held",
    users_checked: 2,
    finished_at: expect.any(Number),
  });
});

test("a dry run counts differences and changes nothing", async () => {
  const [first = ""] = await createUsers(3);
  await reconcile();
  await platform.clerk.updateUser(first, { firstName: "Renamed" });
  await createLateUser();
  const before = await people();
  await platform.db.exec(
    "insert into reconcile_runs (id, mode, started_at, updated_at) values ('zz-dry', 'dry-run', 1, 1)",
  );
  await platform.scheduled(crons.frequent);
  expect(await latestRun()).toMatchObject({ mode: "dry-run", outdated: 1, missing: 1, gone: 0 });
  expect(await people()).toEqual(before);
});

async function createLateUser(): Promise<void> {
  await platform.clerk.createUser({ emailAddresses: ["late@example.com"] });
}

test("deletes nobody and reports an error when almost all users are missing", async () => {
  await createUsers(1);
  await reconcile();
  const rows = Array.from({ length: 40 }, (_, i) => `('id-${i}', 'user_x${i}', 'P', 1, 1, 1, 0)`);
  await platform.db.exec(
    `insert into users (id, clerk_user_id, name, clerk_updated_at, created_at, updated_at, metadata_pending) values ${rows.join(", ")}`,
  );
  expect(await reconcile()).toMatchObject({
    gone: 0,
    error: expect.stringContaining("Too many users are missing in Clerk"),
  });
  expect((await people()).every((row) => row.deleted_at === null)).toBe(true);
});

test("imports everyone at the first run, and removes an example user", async () => {
  await platform.clerk.release();
  await platform.clerk.sendExample();
  await platform.clerk.waitForIdle({ retries: true });
  await platform.clerk.hold();
  expect(await people()).toMatchObject([{ name: "Example Example", deleted_at: null }]);
  await platform.clerk.createUsers({ count: 600, prefix: "before-" });
  expect(await reconcile()).toMatchObject({ missing: 600, gone: 1, error: null });
  const rows = await people();
  expect(rows).toHaveLength(601);
  expect(rows.filter(({ deleted_at }) => deleted_at !== null)).toMatchObject([
    { clerk_user_id: expect.stringMatching(/^user_29w83/), name: "Deleted user", email: null },
  ]);
  expect(await storedInstance()).toEqual({ only_row: 1, instance_id: await clerkInstanceId() });
});

test("a dry run does not store the instance", async () => {
  await createUsers(1);
  await platform.db.exec(
    "insert into reconcile_runs (id, mode, started_at, updated_at) values ('dry', 'dry-run', 1, 1)",
  );
  await platform.scheduled(crons.frequent);
  expect(await latestRun()).toMatchObject({ missing: 1, finished_at: expect.any(Number) });
  expect(await storedInstance()).toBeNull();
});

const storedInstance = () =>
  platform.db.prepare("select only_row, instance_id from clerk_instance").first();

async function clerkInstanceId(): Promise<string> {
  const { secretKey } = localClerkKeys;
  const clerk = createClerkClient({ secretKey, apiUrl: `${platform.clerkOrigin}/bapi` });
  return (await clerk.instance.get()).id;
}

const columns =
  "id, clerk_user_id, name, clerk_updated_at, created_at, updated_at, metadata_pending";

test("changes nothing with the keys of another Clerk instance", async () => {
  await createUsers(3);
  const ours = [
    "('id-1', 'user_ours1', 'P', 1, 1, 1, 1)",
    "('id-2', 'user_ours2', 'P', 1, 1, 1, 1)",
  ];
  await platform.db.exec(`insert into users (${columns}) values ${ours.join(", ")}`);
  await platform.db.exec("insert into clerk_instance values (1, 'ins_ours', 1)");
  expect(await reconcile()).toMatchObject({
    pages: 1,
    error: expect.stringContaining("CLERK_SECRET_KEY belongs to another Clerk instance"),
  });
  expect(await people()).toEqual([
    expect.objectContaining({ id: "id-1", deleted_at: null, metadata_pending: 1 }),
    expect.objectContaining({ id: "id-2", deleted_at: null, metadata_pending: 1 }),
  ]);
  const lines = await readCompleteLog(platform);
  expect(lines.filter((line) => line.includes("another-instance"))).toHaveLength(1);
});

test("before the first run, users whose push succeeded tell another instance", async () => {
  await createUsers(3);
  const pushed = "('id-1', 'user_ours1', 'P', 1, 1, 1, 0)";
  await platform.db.exec(`insert into users (${columns}) values ${pushed}`);
  expect(await reconcile()).toMatchObject({
    error: expect.stringContaining("CLERK_SECRET_KEY belongs to another Clerk instance"),
  });
  expect(await people()).toHaveLength(1);
  expect(await storedInstance()).toBeNull();
});

test("pauses when Clerk does not respond and continues later", async () => {
  await createUsers(2);
  const offline = await startPlatform({ CLERK_API_URL: "http://localhost:9" });
  try {
    await offline.scheduled(crons.daily);
    const run = await offline.db.prepare("select * from reconcile_runs").first();
    expect(run).toMatchObject({
      pages: 0,
      finished_at: null,
      error: expect.stringContaining("ClerkUnavailable"),
    });
    expect(run?.lease_until).toBeGreaterThan(Date.now());
    expect(run?.lease_token).toBeNull();
  } finally {
    await offline.close();
  }
});
