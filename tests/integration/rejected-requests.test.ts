import { beforeAll, expect, test } from "vitest";
import { type ConsoleUser, consoleUser } from "../support/admin-console.ts";
import { eventually } from "../support/eventually.ts";
import { useSite } from "../support/fixtures.ts";
import { sendRaw } from "../support/raw-request.ts";
import { cookieHeader, createSignedInUser } from "../support/signed-in-user.ts";
import { clerkEvent, postWebhook } from "../support/webhooks.ts";

const platform = await useSite();
let user: ConsoleUser;
beforeAll(async () => {
  user = await consoleUser(platform, "user");
});

const query = "?email=ada@example.com&token=t";

/** Without lines of work in the background. */
const rejections = () => platform.logLines.filter((line) => line.includes('"request.rejected"'));

/** The log line of a request with the given status, without its request id. */
async function lineOf(send: () => Promise<{ status: number }>, status: number) {
  const before = rejections().length;
  expect((await send()).status).toBe(status);
  await eventually(() => expect(rejections().length).toBe(before + 1));
  const { requestId, ...line } = JSON.parse(rejections().at(-1) ?? "");
  expect(requestId).toMatch(/^[\w-]+$/);
  return line;
}

const rejected = (route: string, status: number, reason: string) => ({
  event: "request.rejected",
  route: `routes/${route}`,
  status,
  reason,
});

test("logs a signed-out request with its route, without its query string", async () => {
  const send = () => fetch(`${platform.origin}/api/me${query}`);
  expect(await lineOf(send, 401)).toEqual(rejected("api.me", 401, "signed-out"));
});

test.each([["/admin"], ["/admin.data"]])("logs %s for a user without the role", async (path) => {
  const line = await lineOf(() => user.visit(path + query), 403);
  expect(line).toEqual({ ...rejected("admin._index", 403, "wrong-role"), userId: user.id });
});

test("logs a form that the role does not allow", async () => {
  const line = await lineOf(() => user.post("/admin/courses/new", { title: "x" }), 403);
  expect(line).toEqual({ ...rejected("admin.courses.new", 403, "wrong-role"), userId: user.id });
});

async function endedSession(): Promise<Record<string, string>> {
  const { sessionId, cookies } = await createSignedInUser(platform);
  await platform.clerk.revokeSession(sessionId);
  await platform.clerk.waitForIdle();
  return cookieHeader(cookies);
}

test.each([
  ["", () => ({})],
  [" of an ended session", () => endedSession()],
])("logs a signed-out form%s", async (_, cookies) => {
  const { origin } = platform;
  const type = "application/x-www-form-urlencoded";
  const headers = { ...(await cookies()), Origin: origin, "Content-Type": type };
  const path = `/admin/courses/new${query}`;
  const send = () => sendRaw({ origin, path, method: "POST", headers, body: "title=Ada" });
  const line = await lineOf(send, 401);
  expect(line).toMatchObject(rejected("admin.courses.new", 401, "signed-out"));
});

test("logs a form from another site", async () => {
  const headers = { ...cookieHeader(user.cookies), Origin: "https://evil.example" };
  const { origin } = platform;
  const send = () => sendRaw({ origin, path: `/courses${query}`, method: "POST", headers });
  expect(await lineOf(send, 403)).toEqual(rejected("courses._index", 403, "cross-site"));
});

test("logs a method that the route does not allow", async () => {
  const send = () => user.visit(`/api/me${query}`, { method: "DELETE" });
  const line = await lineOf(send, 405);
  expect(line).toEqual({ ...rejected("api.me", 405, "method-not-allowed"), userId: user.id });
});

test("logs an invalid form", async () => {
  const admin = await consoleUser(platform, "admin");
  const line = await lineOf(() => admin.post("/admin/sync", { mode: "ada@example.com" }), 400);
  expect(line).toEqual({ ...rejected("admin.sync", 400, "bad-request"), userId: admin.id });
});

test("logs the session of a deleted account", async () => {
  const deleted = await consoleUser(platform, "user");
  await platform.clerk.deleteUser(deleted.clerkUserId);
  await platform.clerk.waitForIdle({ retries: true });
  await eventually(() => expect(platform.logLines.join("\n")).toContain("user.deleted"));
  const line = await lineOf(() => deleted.visit("/dashboard"), 410);
  expect(line).toEqual({ ...rejected("dashboard", 410, "account-deleted"), userId: deleted.id });
});

const webhook = "api.webhooks.clerk";
const body = clerkEvent("user.created", { id: "user_1", first_name: "Ada" });

test.each([
  ["svix-id", null],
  ["svix-signature", null],
  ["svix-signature", "v1,ada@example.com"],
])("logs a webhook with the header %s: %s", async (name, value) => {
  const send = () => postWebhook({ origin: platform.origin, body, headers: { [name]: value } });
  expect(await lineOf(send, 400)).toEqual(rejected(webhook, 400, "bad-signature"));
});

test("logs a webhook that is too large", async () => {
  const send = () => postWebhook({ origin: platform.origin, body: "x".repeat(300_000) });
  expect(await lineOf(send, 413)).toEqual(rejected(webhook, 413, "too-large"));
});

test("logs a rate-limited user", async () => {
  const { cookies } = await createSignedInUser(platform);
  const headers = cookieHeader(cookies);
  const ask = () =>
    fetch(`${platform.origin}/api/clerk/syncUsers${query}`, { headers, redirect: "manual" });
  while ((await ask()).status !== 429);
  await eventually(() => {
    const line = JSON.parse(rejections().at(-1) ?? "");
    expect(line).toMatchObject(rejected("api.clerk.syncUsers", 429, "rate-limit"));
  });
});
