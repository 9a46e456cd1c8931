import { afterAll, expect, test } from "vitest";
import { expectConverged, maxTicks, recover, tick } from "../support/convergence/recover-user.ts";
import { crons } from "../support/crons.ts";
import { modesOf } from "../support/faults/plan.ts";
import { usePlatform } from "../support/fixtures.ts";
import { expectLogWithout } from "../support/log-privacy.ts";
import { aheadOfTime, clerkEvent, postWebhook } from "../support/webhooks.ts";

const platform = await usePlatform({}, { withFaults: true });
let points = 0;
/** Personal data of the test users, which must not appear in the logs. */
const personalData = new Set(["@example.com", "Zerlina", "Ottokar", "Bartolo"]);
afterAll(async () => {
  console.log(`crash points: ${points}`);
});

/**
 * A code path that writes a user's row. If it pushes metadata, Clerk holds the webhook that the
 * push causes: its steps and those of the push would come in any order.
 */
interface CodePath {
  /** Returns a user about whom the worker has nothing to do. */
  prepare(): Promise<string>;
  run(clerkUserId: string): Promise<unknown>;
  /** Which of the steps to fail; all by default. */
  isTested?(index: number, steps: readonly string[]): boolean;
}

async function createUser(): Promise<string> {
  const emailAddresses = [`${crypto.randomUUID()}@example.com`];
  const names = { firstName: "Zerlina", lastName: "Ottokar" };
  return (await platform.clerk.createUser({ emailAddresses, ...names })).id;
}

async function createUnsyncedUser(): Promise<string> {
  await platform.clerk.hold();
  return createUser();
}

async function createSyncedUser(): Promise<string> {
  const id = await createUser();
  await platform.waitForQuiet();
  await expectConverged(platform, withSession(id), "before the run");
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

async function createUserWithPendingPush(): Promise<string> {
  const id = await createSyncedUser();
  await platform.clerk.hold();
  await platform.db
    .prepare("update users set role = 'admin', metadata_pending = 1 where clerk_user_id = ?")
    .bind(id)
    .run();
  return id;
}

/** Delivers the last event again, as from a clock that is ahead; retries once, as Svix does. */
async function deliverFromTheFuture(clerkUserId: string): Promise<Response> {
  const [message] = await platform.clerk.listWebhookMessages({ subjectId: clerkUserId });
  const body = aheadOfTime(message?.payload ?? "", 3_600_000);
  const post = () => postWebhook({ origin: platform.origin, body, svixId: message?.id });
  const response = await post();
  return response.ok ? response : post();
}

/** A session to revoke, by user. */
const openSessions = new Map<string, string>();

/**
 * Up to the check for admins, the last step about users. The frequent cron has the other jobs, too.
 */
const isAboutUsers = (index: number, steps: readonly string[]) =>
  index <= steps.indexOf("D1.read.all");

const paths: Record<string, CodePath> = {
  "webhook user.created": {
    prepare: createUnsyncedUser,
    async run(id) {
      const event = clerkEvent("user.created", await platform.clerk.getUser(id));
      return postWebhook({ origin: platform.origin, body: event });
    },
  },
  "webhook user.updated": {
    prepare: createSyncedUser,
    run: (id) => platform.clerk.updateUser(id, { firstName: "Bartolo" }),
  },
  "webhook of a ban": {
    prepare: createSyncedUser,
    run: (id) => platform.clerk.updateUser(id, { banned: true }),
  },
  "webhook of the end of a ban": {
    async prepare() {
      const id = await createSyncedUser();
      await platform.clerk.updateUser(id, { banned: true });
      await platform.waitForQuiet();
      return id;
    },
    run: (id) => platform.clerk.updateUser(id, { banned: false }),
  },
  "webhook session.revoked": {
    async prepare() {
      const id = await createSyncedUser();
      const session = { userId: id, appOrigin: platform.origin };
      const { sessionId } = await platform.clerk.createSession(session);
      openSessions.set(id, sessionId);
      personalData.add(sessionId);
      await platform.waitForQuiet();
      return id;
    },
    run: (id) => platform.clerk.revokeSession(openSessions.get(id) ?? ""),
  },
  "webhook from the future": {
    prepare: createSyncedUser,
    run: deliverFromTheFuture,
  },
  "webhook user.deleted": {
    prepare: createSyncedUser,
    run: (id) => platform.clerk.deleteUser(id),
  },
  "first request": {
    prepare: createUnsyncedUser,
    run: (id) => visit("/api/clerk/syncUsers", id),
  },
  "request with a pending push": {
    async prepare() {
      const id = await createUserWithPendingPush();
      await platform.kv.delete(`user:v3:${id}`);
      return id;
    },
    run: (id) => visit("/api/me", id),
  },
  "cron with a pending push": {
    prepare: createUserWithPendingPush,
    run: () => platform.scheduled(crons.frequent),
  },
  "reconcile of a lost creation": {
    prepare: createUnsyncedUser,
    run: () => platform.scheduled(crons.daily),
    isTested: isAboutUsers,
  },
  "reconcile of a lost deletion": {
    async prepare() {
      const id = await createSyncedUser();
      await platform.clerk.hold();
      await platform.clerk.deleteUser(id);
      return id;
    },
    run: () => platform.scheduled(crons.daily),
    isTested: isAboutUsers,
  },
};

const withSession = (clerkUserId: string) => ({
  clerkUserId,
  revokedSession: openSessions.get(clerkUserId),
});

/** The I/O steps of a run without faults, including background work. */
async function stepsOf(path: CodePath, name: string): Promise<string[]> {
  const id = await path.prepare();
  await platform.armFault(null);
  await path.run(id);
  const { steps } = await platform.waitForQuiet();
  await expectConverged(platform, withSession(id), `${name}, without faults`);
  await recover(platform, withSession(id), `${name}, without faults`);
  return steps;
}

/** KV is only a cache: responses to users and Svix must not change when it fails. */
async function expectNoVisibleFailure(
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
  "%s: converges when any step fails, loses its response or hangs",
  async (name, path) => {
    const users: [string, string][] = [];
    const steps = await stepsOf(path, name);
    const { isTested = () => true } = path;
    const tested = [...steps.entries()].filter(([index]) => isTested(index, steps));
    expect(tested.length, name).toBeGreaterThan(1);
    for (const [index, step] of tested) {
      for (const mode of modesOf(step)) {
        const context = `${name}: step ${index + 1}, ${step}, ${mode}`;
        const id = await path.prepare();
        await platform.armFault({ step: index + 1, mode });
        const response = await path.run(id);
        await platform.clerk.waitForIdle();
        const { injected, steps: taken } = await platform.waitForWorker();
        expect(injected, context).toBe(1);
        points += injected;
        // Concurrent steps may be in a different order than in the first run.
        if (taken[index]?.startsWith("KV.")) await expectNoVisibleFailure(response, id, context);
        await recover(platform, withSession(id), context);
        users.push([id, context]);
      }
    }
    for (let ticks = 0; ticks < maxTicks; ticks++) await tick(platform);
    for (const [id, context] of users)
      await expectConverged(platform, withSession(id), `${context}, after all runs`);
    await expectLogWithout(platform, personalData);
    console.log(`${name}: ${steps.length} steps (${steps.join(", ")})`);
  },
);
