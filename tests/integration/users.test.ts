import { expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { usePlatform } from "../support/fixtures.ts";
import { waitForPush, waitForPushes } from "../support/metadata-pushes.ts";
import { cookieHeader, createSignedInUser } from "../support/signed-in-user.ts";

const platform = await usePlatform();

const visit = (path: string, cookies: Record<string, string>) =>
  fetch(`${platform.origin}${path}`, { headers: cookieHeader(cookies), redirect: "manual" });

const rowOf = (clerkUserId: string) =>
  platform.db.prepare("select * from users where clerk_user_id = ?").bind(clerkUserId).first();

/** A user with a session, whose webhook has not arrived yet. */
async function createUnsyncedUser() {
  await platform.clerk.hold();
  const user = await platform.clerk.createUser({
    emailAddresses: [`${crypto.randomUUID()}@example.com`],
    firstName: "Grace",
  });
  const session = await platform.clerk.createSession({
    userId: user.id,
    appOrigin: platform.origin,
  });
  return { clerkUserId: user.id, ...session };
}

test("pushes the row's id and role to Clerk's metadata and marks them as pushed", async () => {
  const { clerkUserId } = await createSignedInUser(platform);
  await platform.clerk.waitForIdle();
  const row = await rowOf(clerkUserId);
  const { public_metadata } = await platform.clerk.getUser(clerkUserId);
  expect(public_metadata).toMatchObject({ dbId: row?.id, role: "user" });
  expect(row?.metadata_pending).toBe(0);
});

test("creating a user causes exactly one push", async () => {
  const { clerkUserId } = await createSignedInUser(platform);
  await waitForPushes(platform);
  await platform.clerk.waitForIdle();
  const messages = await platform.clerk.listWebhookMessages({ subjectId: clerkUserId });
  expect(messages.map(({ type }) => type).sort()).toEqual(["user.created", "user.updated"]);
});

test("marks a pending row at the next request, without a push, if Clerk already has the metadata", async () => {
  const user = await createSignedInUser(platform);
  await platform.clerk.waitForIdle();
  const before = await platform.clerk.listWebhookMessages({ subjectId: user.clerkUserId });
  await platform.db
    .prepare("update users set metadata_pending = 1 where clerk_user_id = ?")
    .bind(user.clerkUserId)
    .run();
  await platform.kv.delete(`user:v3:${user.clerkUserId}`);
  expect((await visit("/api/me", user.cookies)).status).toBe(200);
  await eventually(async () => {
    expect(await rowOf(user.clerkUserId)).toMatchObject({ metadata_pending: 0 });
  });
  await platform.clerk.waitForIdle();
  const after = await platform.clerk.listWebhookMessages({ subjectId: user.clerkUserId });
  expect(after).toHaveLength(before.length);
});

test("a change is visible at the next read, because KV is updated", async () => {
  const user = await createSignedInUser(platform);
  await visit("/api/me", user.cookies);
  await platform.clerk.updateUser(user.clerkUserId, { firstName: "Augusta", lastName: "King" });
  await platform.clerk.waitForIdle();
  expect(await (await visit("/api/me", user.cookies)).json()).toMatchObject({
    name: "Augusta King",
  });
  const cached = await platform.kv.get(`user:v3:${user.clerkUserId}`, "json");
  expect(cached).toMatchObject({ name: "Augusta King" });
});

test("ignores a cached value that cannot be parsed", async () => {
  const user = await createSignedInUser(platform);
  await platform.kv.put(`user:v3:${user.clerkUserId}`, '{"name":"half a record"}');
  expect(await (await visit("/api/me", user.cookies)).json()).toMatchObject({
    name: "Ada Lovelace",
  });
});

test("a user without a row is redirected once through the sync and then to the page", async () => {
  const user = await createUnsyncedUser();
  const first = await visit("/dashboard?tab=1", user.cookies);
  expect(first.status).toBe(302);
  const syncUrl = first.headers.get("location") ?? "";
  expect(syncUrl).toBe("/api/clerk/syncUsers?redirect_url=%2Fdashboard%3Ftab%3D1");
  const second = await visit(syncUrl, user.cookies);
  expect(second.status).toBe(302);
  expect(second.headers.get("location")).toBe("/dashboard?tab=1");
  expect((await visit("/dashboard?tab=1", user.cookies)).status).toBe(200);
  const row = await rowOf(user.clerkUserId);
  expect(row).toMatchObject({ name: "Grace", role: "user" });
  await platform.clerk.release();
  await platform.clerk.waitForIdle();
  expect(await rowOf(user.clerkUserId)).toMatchObject({
    id: row?.id,
    name: "Grace",
    role: "user",
  });
});

test("a program's first request is also redirected through the sync", async () => {
  const user = await createUnsyncedUser();
  const headers = { Authorization: `Bearer ${user.token}` };
  const first = await fetch(`${platform.origin}/api/me`, { headers, redirect: "manual" });
  expect(first.headers.get("location")).toBe("/api/clerk/syncUsers?redirect_url=%2Fapi%2Fme");
  expect(await rowOf(user.clerkUserId)).toBeNull();
  const followed = await fetch(`${platform.origin}/api/me`, { headers });
  expect(await followed.json()).toMatchObject({ name: "Grace" });
  await platform.clerk.release();
  await platform.clerk.waitForIdle();
});

test("concurrent first requests and the webhook create one row with one id", async () => {
  const user = await createUnsyncedUser();
  const requests = Array.from({ length: 8 }, () => visit("/api/clerk/syncUsers", user.cookies));
  await platform.clerk.release();
  const responses = await Promise.all(requests);
  expect(responses.map(({ status }) => status)).toEqual(Array(8).fill(302));
  await waitForPush(platform, user.clerkUserId);
  const rows = platform.db
    .prepare("select id from users where clerk_user_id = ?")
    .bind(user.clerkUserId);
  const ids = await rows.raw();
  expect(ids).toHaveLength(1);
  const { public_metadata } = await platform.clerk.getUser(user.clerkUserId);
  expect(public_metadata).toMatchObject({ dbId: ids[0]?.[0] });
});

test.each(["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)"])(
  "the sync redirects to the dashboard instead of %s",
  async (target) => {
    const user = await createSignedInUser(platform);
    const path = `/api/clerk/syncUsers?redirect_url=${encodeURIComponent(target)}`;
    const response = await visit(path, user.cookies);
    expect(response.headers.get("location")).toBe("/dashboard");
  },
);

test("a user deleted at Clerk gets 410 and a tombstone, without a redirect loop", async () => {
  const user = await createUnsyncedUser();
  await platform.clerk.deleteUser(user.clerkUserId);
  const response = await visit("/api/clerk/syncUsers", user.cookies);
  expect(response.status).toBe(410);
  expect(await rowOf(user.clerkUserId)).toMatchObject({ name: "Deleted user", email: null });
  expect((await visit("/dashboard", user.cookies)).status).toBe(410);
  await platform.clerk.release();
  await platform.clerk.waitForIdle();
  expect(await rowOf(user.clerkUserId)).toMatchObject({ deleted_at: expect.any(Number) });
});

test("a page is 503 without a redirect loop when D1 does not respond", async () => {
  const user = await createSignedInUser(platform);
  await platform.kv.delete(`user:v3:${user.clerkUserId}`);
  await platform.db.exec("alter table users rename to users_away");
  const response = await visit("/dashboard", user.cookies);
  await platform.db.exec("alter table users_away rename to users");
  expect(response.status).toBe(503);
  expect(await response.text()).toContain("This service is temporarily unavailable");
});
