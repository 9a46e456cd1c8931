import { parse } from "node-html-parser";
import { beforeAll, beforeEach, expect, test } from "vitest";
import * as z from "zod";
import { type ConsoleUser, consoleUser } from "../support/admin-console.ts";
import { insertCourse } from "../support/courses.ts";
import { eventually } from "../support/eventually.ts";
import { usePlatform } from "../support/fixtures.ts";
import {
  type ProtectedRequest,
  protectedRequests,
  refusedRequests,
} from "../support/protected-requests.ts";
import { insertEnrollment } from "../support/purchases.ts";
import { cookieHeader } from "../support/signed-in-user.ts";

const platform = await usePlatform();
let ada: ConsoleUser;
let course: Awaited<ReturnType<typeof insertCourse>>;
let requests: ProtectedRequest[];
beforeAll(async () => {
  ada = await consoleUser(platform, "admin");
  course = await insertCourse(platform);
  requests = protectedRequests(course);
});

let grace: ConsoleUser;
let credentials: Record<string, string>[];
beforeEach(async () => {
  grace = await consoleUser(platform, "admin");
  await insertEnrollment(platform, { userId: grace.id, courseId: course.id });
  credentials = [cookieHeader(grace.cookies), { Authorization: `Bearer ${grace.token}` }];
});

const names = (source?: "D1" | "KV") =>
  requests.filter((one) => !source || one.source === source).map(({ name }) => name);

const refused = (headers: Record<string, string>) =>
  refusedRequests(platform, requests, headers, "forbidden");

async function setBanned(banned: boolean): Promise<void> {
  await platform.clerk.updateUser(grace.clerkUserId, { banned });
  await platform.clerk.waitForIdle();
}

const setBannedInD1 = (bannedAt: number | null) =>
  platform.db.prepare("update users set banned_at = ? where id = ?").bind(bannedAt, grace.id).run();

const cacheKey = () => `user:v3:${grace.clerkUserId}`;

async function setBannedInKv(bannedAt: number): Promise<void> {
  const record = z.looseObject({}).parse(await platform.kv.get(cacheKey(), "json"));
  await platform.kv.put(cacheKey(), JSON.stringify({ ...record, bannedAt }));
}

test("a banned user is refused everywhere; unbanning restores everything", async () => {
  for (const headers of credentials) expect(await refused(headers)).toEqual([]);
  await setBanned(true);
  for (const headers of credentials) expect(await refused(headers)).toEqual(names());
  await setBanned(false);
  const { clerkUserId: userId } = grace;
  const { cookies, token } = await platform.clerk.createSession({
    userId,
    appOrigin: platform.origin,
  });
  for (const headers of [cookieHeader(cookies), { Authorization: `Bearer ${token}` }]) {
    expect(await refused(headers)).toEqual([]);
  }
});

test("whatever reads D1 refuses at the next request, even if KV does not show the ban yet", async () => {
  for (const headers of credentials) {
    expect(await refused(headers)).toEqual([]);
    await setBannedInD1(Date.now());
    expect(await refused(headers)).toEqual(names("D1"));
    await setBannedInD1(null);
  }
});

test("pages served from KV refuse within ten seconds of KV showing the ban", async () => {
  const me = () => grace.visit("/api/me");
  expect((await me()).status).toBe(200);
  await setBannedInD1(Date.now());
  await setBannedInKv(Date.now());
  const writtenAt = performance.now();
  let lastServed = writtenAt;
  await eventually(async () => {
    const requestedAt = performance.now();
    const { status } = await me();
    if (status === 200) lastServed = requestedAt;
    expect(status).toBe(403);
  });
  expect(lastServed - writtenAt).toBeLessThanOrEqual(10_000);
  expect(await refused(credentials[0] ?? {})).toEqual(names());
});

test("an unbanned user is served although KV still shows the ban", async () => {
  expect((await grace.visit("/api/me")).status).toBe(200);
  await setBannedInKv(Date.now());
  for (const headers of credentials) expect(await refused(headers)).toEqual([]);
  await eventually(async () => {
    expect(await platform.kv.get(cacheKey(), "json")).toMatchObject({ bannedAt: null });
  });
});

test("a lock refuses nothing", async () => {
  await platform.clerk.updateUser(grace.clerkUserId, { locked: true });
  await platform.clerk.waitForIdle();
  for (const headers of credentials) expect(await refused(headers)).toEqual([]);
});

/** The status that the console shows on the user's page and in the list. */
async function shownStatus(): Promise<string[]> {
  const pages = [`/admin/users/${grace.id}`, "/admin/users"];
  return Promise.all(
    pages.map(async (path) => {
      const html = parse(await (await ada.visit(path)).text());
      const scope = path.endsWith(grace.id)
        ? html.querySelector("dl")
        : html.querySelector(`a[href="/admin/users/${grace.id}"]`)?.closest("tr");
      const badges = scope?.querySelectorAll("span") ?? [];
      const texts = badges.map(({ textContent }) => textContent);
      return ["banned", "locked", "active"].filter((state) => texts.includes(state)).join(" ");
    }),
  );
}

test("the console shows who is banned or locked", async () => {
  expect(await shownStatus()).toEqual(["active", "active"]);
  await platform.clerk.updateUser(grace.clerkUserId, { locked: true });
  await platform.clerk.waitForIdle();
  expect(await shownStatus()).toEqual(["locked active", "locked active"]);
  await setBanned(true);
  expect(await shownStatus()).toEqual(["banned locked", "banned locked"]);
  const page = await (await ada.visit(`/admin/users/${grace.id}`)).text();
  expect(page).toMatch(/State at Clerk.*?>Banned<.*?>Locked</);
});

test("a banned user cannot be enrolled by an admin", async () => {
  await setBanned(true);
  const other = await insertCourse(platform);
  const path = `/admin/courses/${other.id}/people`;
  const response = await ada.post(path, { intent: "enroll", who: grace.id });
  expect(response.status).toBe(409);
  expect(await response.text()).toContain("is banned. Unban them in Clerk first.");
  const rows = await platform.db
    .prepare("select 1 from enrollments where course_id = ?")
    .bind(other.id)
    .raw();
  expect(rows).toEqual([]);
});

test("a banned admin does not count as the remaining admin", async () => {
  await platform.db
    .prepare("update users set role = 'user' where id not in (?, ?)")
    .bind(ada.id, grace.id)
    .run();
  await setBanned(true);
  const demote = (userId: string) => ada.changeRole(userId, { to: "user", seenRole: "admin" });
  expect((await demote(ada.id)).status).toBe(409);
  expect((await demote(grace.id)).status).toBe(302);
});
