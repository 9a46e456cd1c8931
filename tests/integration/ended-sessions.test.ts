import { beforeAll, beforeEach, expect, test } from "vitest";
import { type ConsoleUser, consoleUser } from "../support/admin-console.ts";
import { insertCourse } from "../support/courses.ts";
import { crons } from "../support/crons.ts";
import { eventually } from "../support/eventually.ts";
import { usePlatform } from "../support/fixtures.ts";
import {
  type ProtectedRequest,
  protectedRequests,
  refusedRequests,
} from "../support/protected-requests.ts";
import { insertEnrollment } from "../support/purchases.ts";
import { cookieHeader, lastingClaims, withToken } from "../support/signed-in-user.ts";
import { clerkEvent, postWebhook } from "../support/webhooks.ts";

const platform = await usePlatform({}, { withFaults: true });
let course: Awaited<ReturnType<typeof insertCourse>>;
let requests: ProtectedRequest[];
beforeAll(async () => {
  course = await insertCourse(platform);
  requests = protectedRequests(course);
});

let grace: ConsoleUser;
beforeEach(async () => {
  grace = await consoleUser(platform, "admin");
  await insertEnrollment(platform, { userId: grace.id, courseId: course.id });
});

/** Signs Grace in on another browser, with a token that outlives the test. */
async function signInAgain() {
  const { clerkUserId: userId } = grace;
  const { origin, clerk } = platform;
  const { sessionId, cookies } = await clerk.createSession({ userId, appOrigin: origin });
  const token = await clerk.mintSessionToken({ sessionId, azp: origin, claims: lastingClaims() });
  return { sessionId, token, cookies: withToken(cookies, token) };
}

type Session = Awaited<ReturnType<typeof signInAgain>>;

const names = (source?: "D1" | "KV") =>
  requests.filter((one) => !source || one.source === source).map(({ name }) => name);

/** The refused requests of a session, by cookie and by Bearer token. */
async function refused({ cookies, token }: Pick<Session, "cookies" | "token">) {
  const [byCookie, byToken] = [cookieHeader(cookies), { Authorization: `Bearer ${token}` }];
  const names = await refusedRequests(platform, requests, byCookie, "signed-out");
  expect(await refusedRequests(platform, requests, byToken, "signed-out")).toEqual(names);
  return names;
}

const eventTypes = ["session.revoked", "session.removed", "session.ended"] as const;

const sendEvent = (type: string, sessionId: string) => {
  const body = clerkEvent(type, { id: sessionId, user_id: grace.clerkUserId, object: "session" });
  return postWebhook({ origin: platform.origin, body });
};

const row = () => platform.db.prepare("select * from users where id = ?").bind(grace.id).first();

const cached = () => platform.kv.get(`user:v3:${grace.clerkUserId}`, "json");

test("a session that is revoked at Clerk is refused everywhere, other sessions are not", async () => {
  const session = await signInAgain();
  expect(await refused(session)).toEqual([]);
  await platform.clerk.revokeSession(session.sessionId);
  await platform.clerk.waitForIdle();
  expect(await refused(session)).toEqual(names());
  expect(await refused(grace)).toEqual([]);
});

test.each(eventTypes)("%s ends the session", async (type) => {
  const session = await signInAgain();
  expect(await (await sendEvent(type, session.sessionId)).json()).toEqual({ outcome: "applied" });
  expect(await refused(session)).toEqual(names());
  expect(await refused(grace)).toEqual([]);
});

test("whatever reads D1 refuses at the next request, the rest within ten seconds of KV", async () => {
  const session = await signInAgain();
  expect(await refused(session)).toEqual([]);
  const before = await cached();
  await sendEvent("session.revoked", session.sessionId);
  const after = await cached();
  // Another location still has the old record.
  await platform.kv.put(`user:v3:${grace.clerkUserId}`, JSON.stringify(before));
  expect(await refused(session)).toEqual(names("D1"));
  await platform.kv.put(`user:v3:${grace.clerkUserId}`, JSON.stringify(after));
  const writtenAt = performance.now();
  let lastServed = writtenAt;
  await eventually(async () => {
    const requestedAt = performance.now();
    const { status } = await fetch(`${platform.origin}/api/me`, {
      headers: cookieHeader(session.cookies),
    });
    if (status === 200) lastServed = requestedAt;
    expect(status).toBe(401);
  });
  expect(lastServed - writtenAt).toBeLessThanOrEqual(10_000);
  expect(await refused(session)).toEqual(names());
});

test("the row keeps ended sessions only while their tokens can be valid", async () => {
  await sendEvent("session.ended", "sess_old");
  const expired = JSON.stringify([{ id: "sess_old", until: Date.now() - 1 }]);
  await platform.db
    .prepare("update users set ended_sessions = ? where id = ?")
    .bind(expired, grace.id)
    .run();
  await sendEvent("session.ended", "sess_new");
  await sendEvent("session.ended", "sess_new");
  const { ended_sessions } = (await row()) ?? {};
  expect(JSON.parse(String(ended_sessions))).toEqual([
    { id: "sess_new", until: expect.any(Number) },
  ]);
});

test("a session of an unknown or deleted user changes nothing", async () => {
  const body = clerkEvent("session.ended", { id: "sess_x", user_id: "user_unknown" });
  const unknown = await postWebhook({ origin: platform.origin, body });
  expect(await unknown.json()).toEqual({ outcome: "ignored" });
  await platform.clerk.deleteUser(grace.clerkUserId);
  await platform.clerk.waitForIdle();
  const late = await sendEvent("session.ended", "sess_late");
  expect(await late.json()).toEqual({ outcome: "stale" });
  expect(await row()).toMatchObject({ ended_sessions: null, name: "Deleted user" });
});

test("a burst of events loses no write, although KV takes one a second", async () => {
  const sessions = [await signInAgain(), await signInAgain(), await signInAgain()];
  await platform.waitForQuiet();
  await platform.armFault({ step: 0, mode: "kv-limit" });
  await Promise.all(sessions.map(({ sessionId }) => platform.clerk.revokeSession(sessionId)));
  await platform.clerk.updateUser(grace.clerkUserId, { banned: true });
  await platform.clerk.updateUser(grace.clerkUserId, { banned: false });
  await platform.waitForQuiet();
  expect(await row()).toMatchObject({ cache_pending: expect.any(String) });
  await platform.armFault(null);
  await platform.scheduled(crons.frequent);
  await platform.waitForQuiet();
  const { ended_sessions, ...current } = (await row()) ?? {};
  expect(current).toMatchObject({ cache_pending: null, banned_at: null });
  const inKv = await cached();
  expect(inKv).toMatchObject({ bannedAt: null, endedSessions: JSON.parse(String(ended_sessions)) });
  for (const { sessionId } of sessions) expect(JSON.stringify(inKv)).toContain(sessionId);
});

const markForCache = (token: string | null) =>
  platform.db
    .prepare("update users set cache_pending = ? where id = ?")
    .bind(token, grace.id)
    .run();

async function runCron(): Promise<readonly string[]> {
  await platform.scheduled(crons.frequent);
  return (await platform.waitForQuiet()).steps;
}

test("a deletion that the reconciler finds reaches KV, even if KV rejects the first write", async () => {
  await platform.armFault({ step: 0, mode: "kv-limit" });
  await sendEvent("session.ended", "sess_cached");
  await platform.waitForQuiet();
  await platform.clerk.hold();
  await platform.clerk.deleteUser(grace.clerkUserId);
  await platform.scheduled(crons.daily);
  await platform.waitForQuiet();
  const deleted = { deleted_at: expect.any(Number), cache_pending: expect.any(String) };
  expect(await row()).toMatchObject(deleted);
  expect(await cached()).toMatchObject({ deletedAt: null });
  await platform.armFault(null);
  await runCron();
  expect(await cached()).toMatchObject({ deletedAt: expect.any(Number), name: "Deleted user" });
  expect(await row()).toMatchObject({ cache_pending: null });
  await platform.clerk.release();
  await platform.clerk.waitForIdle();
});

test("the latest change reaches KV first, however many are waiting", async () => {
  const waiting = Array.from({ length: 60 }, (_, i) => `('id-${i}', 'user_gone${i}', '000-${i}')`);
  await platform.db.exec(
    `insert into users (id, clerk_user_id, cache_pending, name, clerk_updated_at, created_at, updated_at, metadata_pending, deleted_at)
     select column1, column2, column3, 'Deleted user', 0, 1, 1, 0, 1 from (values ${waiting.join(", ")})`.replaceAll(
      "\n",
      " ",
    ),
  );
  await markForCache("001");
  await runCron();
  expect(await row()).toMatchObject({ cache_pending: null });
  const left = platform.db.prepare(
    "select count(*) as n from users where cache_pending is not null",
  );
  expect(await left.first("n")).toBe(11);
  await runCron();
  expect(await left.first("n")).toBe(0);
});

test("a write to KV that overtook a later one is repeated", async () => {
  await sendEvent("session.ended", "sess_first");
  await platform.waitForQuiet();
  const older = JSON.stringify(await cached());
  await sendEvent("session.ended", "sess_second");
  await platform.waitForQuiet();

  await markForCache("first");
  await platform.armFault(null);
  const step = (await runCron()).indexOf("KV.put") + 1;
  await markForCache("first");
  await platform.armFault({ step, mode: "overlaps" });
  const cron = platform.scheduled(crons.frequent);
  await eventually(async () => {
    expect(await platform.readFaultReport()).toMatchObject({ injected: 1 });
  });
  // Meanwhile the second event is confirmed, and then the older record arrives.
  await markForCache(null);
  await platform.kv.put(`user:v3:${grace.clerkUserId}`, older);
  await fetch(`${platform.origin}/api/health`);
  await cron;
  await platform.waitForQuiet();
  expect(await row()).toMatchObject({ cache_pending: expect.any(String) });

  await runCron();
  expect(JSON.stringify(await cached())).toContain("sess_second");
  expect(await row()).toMatchObject({ cache_pending: null });
});
