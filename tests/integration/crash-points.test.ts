import { afterAll, expect, test } from "vitest";
import { crons } from "../support/crons.ts";
import { faultModes } from "../support/faults/plan.ts";
import { usePlatform } from "../support/fixtures.ts";
import { expectLogWithout } from "../support/log-privacy.ts";

const platform = await usePlatform({}, { withFaults: true });
let points = 0;
/** Of the people in the test; no line of the log may contain any of it. */
const personalData = new Set(["@example.com", "Zerlina", "Ottokar", "Bartolo"]);
afterAll(async () => {
  console.log(`crash points: ${points}`);
});

/** A way to write a person's row: how it begins, and how it is walked. */
interface Path {
  begin(): Promise<string>;
  walk(clerkUserId: string): Promise<unknown>;
}

async function createPerson(): Promise<string> {
  const emailAddresses = [`${crypto.randomUUID()}@example.com`];
  const names = { firstName: "Zerlina", lastName: "Ottokar" };
  return (await platform.clerk.createUser({ emailAddresses, ...names })).id;
}

async function createUnannounced(): Promise<string> {
  await platform.clerk.hold();
  return createPerson();
}

async function createSettled(): Promise<string> {
  const id = await createPerson();
  await platform.waitForQuiet();
  await expectConverged(id, "before the walk");
  return id;
}

async function visit(path: string, clerkUserId: string): Promise<Response> {
  const appOrigin = platform.origin;
  const { token, sessionId } = await platform.clerk.createSession({
    userId: clerkUserId,
    appOrigin,
  });
  personalData.add(token).add(sessionId);
  const headers = { Authorization: `Bearer ${token}` };
  return fetch(`${platform.origin}${path}`, { headers, redirect: "manual" });
}

const leavePending = (clerkUserId: string) =>
  platform.db
    .prepare("update users set role = 'admin', metadata_pending = 1 where clerk_user_id = ?")
    .bind(clerkUserId)
    .run();

const paths: Record<string, Path> = {
  "webhook user.created": {
    begin: createUnannounced,
    walk: () => platform.clerk.release(),
  },
  "webhook user.updated": {
    begin: createSettled,
    walk: (id) => platform.clerk.updateUser(id, { firstName: "Bartolo" }),
  },
  "webhook user.deleted": {
    begin: createSettled,
    walk: (id) => platform.clerk.deleteUser(id),
  },
  "first request": {
    begin: createUnannounced,
    walk: (id) => visit("/api/clerk/syncUsers", id),
  },
  "request with a push left over": {
    async begin() {
      const id = await createSettled();
      await platform.kv.delete(`user:v2:${id}`);
      await leavePending(id);
      return id;
    },
    walk: (id) => visit("/api/me", id),
  },
  "cron with a push left over": {
    async begin() {
      const id = await createSettled();
      await leavePending(id);
      return id;
    },
    walk: () => platform.scheduled(crons.frequent),
  },
  "reconcile of a lost creation": {
    begin: createUnannounced,
    walk: () => platform.scheduled(crons.daily),
  },
  "reconcile of a lost deletion": {
    async begin() {
      const id = await createSettled();
      await platform.clerk.hold();
      await platform.clerk.deleteUser(id);
      return id;
    },
    walk: () => platform.scheduled(crons.daily),
  },
};

const maxTicks = 4;

/** What happens by itself every two minutes: delays end, and the cron fires. */
async function tick(): Promise<void> {
  await platform.db.batch([
    platform.db.prepare("update users set metadata_retry_at = null"),
    platform.db.prepare("update reconcile_runs set lease_until = 0 where finished_at is null"),
  ]);
  await platform.scheduled(crons.frequent);
  await platform.waitForQuiet();
}

/** Lets Svix retry and the cron fire until the person has converged, a few times at most. */
async function recover(clerkUserId: string, context: string): Promise<void> {
  await platform.clerk.release();
  await platform.waitForQuiet();
  for (let ticks = 0; ticks < maxTicks && !(await isSettled(clerkUserId)); ticks++) await tick();
  await expectConverged(clerkUserId, context);
}

async function isSettled(clerkUserId: string): Promise<boolean> {
  const openRun = platform.db.prepare("select 1 from reconcile_runs where finished_at is null");
  if ((await openRun.first()) !== null) return false;
  return expectConverged(clerkUserId, "").then(
    () => true,
    () => false,
  );
}

async function expectConverged(clerkUserId: string, context: string): Promise<void> {
  const { results } = await platform.db
    .prepare("select * from users where clerk_user_id = ?")
    .bind(clerkUserId)
    .all();
  expect(results, context).toHaveLength(1);
  const [row] = results;
  const user = await platform.clerk.getUser(clerkUserId).catch(() => null);
  if (!user) {
    expect(row, context).toMatchObject({
      name: "Deleted user",
      email: null,
      deleted_at: expect.any(Number),
    });
    return;
  }
  expect(row, context).toMatchObject({
    name: `${user.first_name} ${user.last_name}`,
    clerk_updated_at: user.updated_at,
    metadata_pending: 0,
    deleted_at: null,
  });
  expect(user.public_metadata, context).toMatchObject({ dbId: row?.id, role: row?.role });
}

/** The steps of an undisturbed walk, up to the last of what goes on after the answer. */
async function stepsOf(path: Path, name: string): Promise<string[]> {
  const id = await path.begin();
  await platform.armFault(null);
  await path.walk(id);
  const { steps } = await platform.waitForQuiet();
  await expectConverged(id, `${name}, undisturbed`);
  await recover(id, `${name}, undisturbed`);
  return steps;
}

/** KV is a convenience: when it fails, the answer to a person and to Svix is what it would have been. */
async function expectUnharmed(
  response: unknown,
  clerkUserId: string,
  context: string,
): Promise<void> {
  if (response instanceof Response) expect(response.status, context).toBeLessThan(500);
  for (const { id } of await platform.clerk.listWebhookMessages({ subjectId: clerkUserId })) {
    const attempts = await platform.clerk.listWebhookAttempts(id);
    for (const { status } of attempts) expect(status, context).toBe(200);
  }
}

test.each(Object.entries(paths))(
  "%s: every step may fail, lose its answer or hang",
  async (name, path) => {
    const people: [string, string][] = [];
    const steps = await stepsOf(path, name);
    expect(steps.length, name).toBeGreaterThan(1);
    for (const [index, step] of steps.entries()) {
      for (const mode of faultModes) {
        const context = `${name}: step ${index + 1}, ${step}, ${mode}`;
        const id = await path.begin();
        await platform.armFault({ step: index + 1, mode });
        const response = await path.walk(id);
        const { injected, steps: taken } = await platform.waitForQuiet();
        expect(injected, context).toBe(1);
        points++;
        // What runs side by side may take its number in another order than before.
        if (taken[index]?.startsWith("KV.")) await expectUnharmed(response, id, context);
        await recover(id, context);
        people.push([id, context]);
      }
    }
    for (let ticks = 0; ticks < maxTicks; ticks++) await tick();
    for (const [id, context] of people) await expectConverged(id, `${context}, in the long run`);
    await expectLogWithout(platform, personalData);
    console.log(`${name}: ${steps.length} steps (${steps.join(", ")})`);
  },
  600_000,
);
