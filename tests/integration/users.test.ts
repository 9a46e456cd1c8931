import { expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { usePlatform } from "../support/fixtures.ts";
import { cookieHeader, createSignedInUser } from "../support/signed-in-user.ts";

const platform = await usePlatform();

const visit = (path: string, cookies: Record<string, string>) =>
  fetch(`${platform.origin}${path}`, { headers: cookieHeader(cookies), redirect: "manual" });

const rowOf = (clerkUserId: string) =>
  platform.db.prepare("select * from users where clerk_user_id = ?").bind(clerkUserId).first();

/** A person with a session whom no webhook has announced yet. */
async function unannouncedPerson() {
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

test("Clerk's metadata becomes the id and role of the row, and the row then stands as pushed", async () => {
  const { clerkUserId } = await createSignedInUser(platform);
  await platform.clerk.waitForIdle();
  const row = await rowOf(clerkUserId);
  const { public_metadata } = await platform.clerk.getUser(clerkUserId);
  expect(public_metadata).toMatchObject({ dbId: row?.id, role: "user" });
  expect(row?.metadata_pending).toBe(0);
});

test("pushing does not loop: one creation ends in one push", async () => {
  const { clerkUserId } = await createSignedInUser(platform);
  await platform.clerk.waitForIdle();
  const messages = await platform.clerk.listWebhookMessages({ subjectId: clerkUserId });
  expect(messages.map(({ type }) => type).sort()).toEqual(["user.created", "user.updated"]);
});

test("a row left pending though Clerk is equal is marked at the person's next request, with no push", async () => {
  const person = await createSignedInUser(platform);
  await platform.clerk.waitForIdle();
  const before = await platform.clerk.listWebhookMessages({ subjectId: person.clerkUserId });
  await platform.db
    .prepare("update users set metadata_pending = 1 where clerk_user_id = ?")
    .bind(person.clerkUserId)
    .run();
  await platform.kv.delete(`user:v2:${person.clerkUserId}`);
  expect((await visit("/api/me", person.cookies)).status).toBe(200);
  await eventually(async () => {
    expect(await rowOf(person.clerkUserId)).toMatchObject({ metadata_pending: 0 });
  });
  await platform.clerk.waitForIdle();
  const after = await platform.clerk.listWebhookMessages({ subjectId: person.clerkUserId });
  expect(after).toHaveLength(before.length);
});

test("a change shows at the next read: KV is written through", async () => {
  const person = await createSignedInUser(platform);
  await visit("/api/me", person.cookies);
  await platform.clerk.updateUser(person.clerkUserId, { firstName: "Augusta", lastName: "King" });
  await platform.clerk.waitForIdle();
  expect(await (await visit("/api/me", person.cookies)).json()).toMatchObject({
    name: "Augusta King",
  });
  const cached = await platform.kv.get(`user:v2:${person.clerkUserId}`, "json");
  expect(cached).toMatchObject({ name: "Augusta King" });
});

test("a cached value that cannot be read is as good as none", async () => {
  const person = await createSignedInUser(platform);
  await platform.kv.put(`user:v2:${person.clerkUserId}`, '{"name":"half a record"}');
  expect(await (await visit("/api/me", person.cookies)).json()).toMatchObject({
    name: "Ada Lovelace",
  });
});

test("a person with no row goes once through the sync, then on to the page, and is in D1", async () => {
  const person = await unannouncedPerson();
  const first = await visit("/dashboard?tab=1", person.cookies);
  expect(first.status).toBe(302);
  const stop = first.headers.get("location") ?? "";
  expect(stop).toBe("/api/clerk/syncUsers?redirect_url=%2Fdashboard%3Ftab%3D1");
  const second = await visit(stop, person.cookies);
  expect(second.status).toBe(302);
  expect(second.headers.get("location")).toBe("/dashboard?tab=1");
  expect((await visit("/dashboard?tab=1", person.cookies)).status).toBe(200);
  const row = await rowOf(person.clerkUserId);
  expect(row).toMatchObject({ name: "Grace", role: "user" });
  await platform.clerk.release();
  await platform.clerk.waitForIdle();
  expect(await rowOf(person.clerkUserId)).toMatchObject({
    id: row?.id,
    name: "Grace",
    role: "user",
  });
});

test("a program's first request is redirected likewise and ends where it wanted to go", async () => {
  const person = await unannouncedPerson();
  const headers = { Authorization: `Bearer ${person.token}` };
  const first = await fetch(`${platform.origin}/api/me`, { headers, redirect: "manual" });
  expect(first.headers.get("location")).toBe("/api/clerk/syncUsers?redirect_url=%2Fapi%2Fme");
  expect(await rowOf(person.clerkUserId)).toBeNull();
  const followed = await fetch(`${platform.origin}/api/me`, { headers });
  expect(await followed.json()).toMatchObject({ name: "Grace" });
  await platform.clerk.release();
  await platform.clerk.waitForIdle();
});

test("many first requests at once, and the webhook with them, give one row and one id", async () => {
  const person = await unannouncedPerson();
  const requests = Array.from({ length: 8 }, () => visit("/api/clerk/syncUsers", person.cookies));
  await platform.clerk.release();
  const responses = await Promise.all(requests);
  await platform.clerk.waitForIdle();
  expect(responses.map(({ status }) => status)).toEqual(Array(8).fill(302));
  const rows = platform.db
    .prepare("select id from users where clerk_user_id = ?")
    .bind(person.clerkUserId);
  const ids = await rows.raw();
  expect(ids).toHaveLength(1);
  const { public_metadata } = await platform.clerk.getUser(person.clerkUserId);
  expect(public_metadata).toMatchObject({ dbId: ids[0]?.[0] });
});

test.each(["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)"])(
  "the sync leads to the dashboard rather than to %s",
  async (target) => {
    const person = await createSignedInUser(platform);
    const path = `/api/clerk/syncUsers?redirect_url=${encodeURIComponent(target)}`;
    const response = await visit(path, person.cookies);
    expect(response.headers.get("location")).toBe("/dashboard");
  },
);

test("somebody whom Clerk deleted is told so, leaves a tombstone and is in no loop", async () => {
  const person = await unannouncedPerson();
  await platform.clerk.deleteUser(person.clerkUserId);
  const response = await visit("/api/clerk/syncUsers", person.cookies);
  expect(response.status).toBe(410);
  expect(await rowOf(person.clerkUserId)).toMatchObject({ name: "Deleted user", email: null });
  expect((await visit("/dashboard", person.cookies)).status).toBe(410);
  await platform.clerk.release();
  await platform.clerk.waitForIdle();
  expect(await rowOf(person.clerkUserId)).toMatchObject({ deleted_at: expect.any(Number) });
});

test("when D1 does not answer, a page says so with 503 and nobody is sent in circles", async () => {
  const person = await createSignedInUser(platform);
  await platform.kv.delete(`user:v2:${person.clerkUserId}`);
  await platform.db.exec("alter table users rename to users_away");
  const response = await visit("/dashboard", person.cookies);
  await platform.db.exec("alter table users_away rename to users");
  expect(response.status).toBe(503);
  expect(await response.text()).toContain("We cannot reach our records right now");
});
