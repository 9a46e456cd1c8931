import { beforeEach, expect, test } from "vitest";
import { readCompleteLog } from "../support/complete-log.ts";
import { usePlatform } from "../support/fixtures.ts";
import { clerkUnreachable } from "../support/platform.ts";
import { clerkEvent, postWebhook } from "../support/webhooks.ts";

const platform = await usePlatform(clerkUnreachable);
beforeEach(async () => {
  await platform.db.exec("delete from users");
  await platform.db.exec("delete from webhook_deliveries");
});

async function send(
  type: string,
  data: Record<string, unknown>,
  svixId?: string,
): Promise<unknown> {
  return sendBody(clerkEvent(type, { id: "user_1", ...data }), svixId);
}

async function sendBody(body: string, svixId?: string): Promise<unknown> {
  const response = await postWebhook({ origin: platform.origin, body, svixId });
  expect(response.status).toBe(200);
  return response.json();
}

const userRow = () =>
  platform.db.prepare("select * from users where clerk_user_id = 'user_1'").first();

const email = (address: string) => ({
  primary_email_address_id: "idn_2",
  email_addresses: [
    { id: "idn_1", email_address: "old@example.com" },
    { id: "idn_2", email_address: address },
  ],
});

test("a new user's row has Clerk's data, our own id and the role user", async () => {
  await send("user.created", {
    first_name: "Ada",
    last_name: "Lovelace",
    image_url: "https://images.example/ada.png",
    updated_at: 1_700_000_000_123,
    ...email("ada@example.com"),
  });
  expect(await userRow()).toMatchObject({
    id: expect.stringMatching(
      /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    ),
    name: "Ada Lovelace",
    email: "ada@example.com",
    image_url: "https://images.example/ada.png",
    role: "user",
    clerk_updated_at: 1_700_000_000_123,
    deleted_at: null,
  });
});

test("an update keeps the id and role, regardless of Clerk's metadata", async () => {
  await send("user.created", { first_name: "Ada", updated_at: 1 });
  const before = await userRow();
  await send("user.updated", {
    first_name: "Augusta",
    updated_at: 2,
    public_metadata: { role: "admin" },
  });
  expect(await userRow()).toMatchObject({ id: before?.id, name: "Augusta", role: "user" });
});

test("metadata sets the role only when the row is created, and only to a valid role", async () => {
  await send("user.created", { id: "user_1", public_metadata: { role: "admin" } });
  await send("user.created", { id: "user_2", public_metadata: { role: "owner" } });
  const roles = await platform.db.prepare("select role from users order by clerk_user_id").raw();
  expect(roles).toEqual([["admin"], ["user"]]);
});

test("an update that arrives before the creation creates the row; the late creation is stale", async () => {
  expect(await send("user.updated", { first_name: "Augusta", updated_at: 2 })).toEqual({
    outcome: "applied",
  });
  expect(await send("user.created", { first_name: "Ada", updated_at: 1 })).toEqual({
    outcome: "stale",
  });
  expect(await userRow()).toMatchObject({ name: "Augusta", clerk_updated_at: 2 });
});

test("a repeated delivery is a duplicate and changes nothing", async () => {
  await send("user.created", { first_name: "Ada", updated_at: 1 }, "msg_again");
  await send("user.updated", { first_name: "Augusta", updated_at: 2 });
  const again = await send("user.created", { first_name: "Ada", updated_at: 1 }, "msg_again");
  expect(again).toEqual({ outcome: "duplicate" });
  expect(await userRow()).toMatchObject({ name: "Augusta" });
  const delivery = platform.db.prepare(
    "select attempts, outcome from webhook_deliveries where svix_id = ?",
  );
  expect(await delivery.bind("msg_again").first()).toEqual({ attempts: 2, outcome: "applied" });
});

test("a deletion leaves a redacted tombstone that no later event restores", async () => {
  await send("user.created", {
    first_name: "Ada",
    image_url: "https://images.example/ada.png",
    updated_at: 1,
    banned: true,
    locked: true,
    ...email("ada@example.com"),
  });
  const before = await userRow();
  expect(before).toMatchObject({ banned_at: expect.any(Number), locked: 1 });
  expect(await send("user.deleted", { deleted: true })).toEqual({ outcome: "applied" });
  expect(await send("user.deleted", { deleted: true })).toEqual({ outcome: "stale" });
  expect(await send("user.updated", { first_name: "Ada", updated_at: 99 })).toEqual({
    outcome: "stale",
  });
  expect(await userRow()).toMatchObject({
    id: before?.id,
    name: "Deleted user",
    email: null,
    image_url: null,
    metadata_pending: 0,
    banned_at: null,
    locked: 0,
    deleted_at: expect.any(Number),
  });
  expect(JSON.stringify(await userRow())).not.toMatch(/Ada|example/);
});

test("deleting an unknown user also leaves a tombstone", async () => {
  await send("user.deleted", { deleted: true });
  await send("user.created", { first_name: "Ada", updated_at: 1 });
  expect(await userRow()).toMatchObject({ name: "Deleted user", deleted_at: expect.any(Number) });
});

test("another user may have the email address of a deleted user", async () => {
  await send("user.created", { id: "user_1", ...email("ada@example.com") });
  await send("user.deleted", { id: "user_1" });
  await send("user.created", { id: "user_2", ...email("ada@example.com") });
  const holders = await platform.db
    .prepare("select clerk_user_id, email from users order by 1")
    .raw();
  expect(holders).toEqual([
    ["user_1", null],
    ["user_2", "ada@example.com"],
  ]);
});

test("without a primary email, no email is stored", async () => {
  await send("user.created", { ...email("ada@example.com"), primary_email_address_id: null });
  expect(await userRow()).toMatchObject({ email: null, name: "User" });
});

test("an event of another type is accepted, recorded and ignored", async () => {
  expect(await send("session.created", {})).toEqual({ outcome: "ignored" });
  expect(await userRow()).toBeNull();
});

test.each([
  ["no JSON", "not json"],
  ["no envelope", "[]"],
  ["no id", clerkEvent("user.created", { first_name: "Ada" })],
  [
    "a revision that is not a number",
    clerkEvent("user.created", { id: "user_1", updated_at: "now" }),
  ],
  ["a deletion without an id", clerkEvent("user.deleted", { id: "" })],
])(
  "records a malformed event (%s) as rejected, with the field but not its value",
  async (_, body) => {
    expect(await sendBody(body)).toEqual({ outcome: "rejected" });
    const recorded = await platform.db
      .prepare("select outcome, error from webhook_deliveries")
      .first();
    expect(recorded).toMatchObject({ outcome: "rejected", error: expect.any(String) });
    expect(recorded?.error).not.toContain("Ada");
    expect(await userRow()).toBeNull();
  },
);

test("returns 503 when D1 does not respond, so that the sender's retry succeeds", async () => {
  await platform.db.exec("alter table users rename to users_away");
  const body = clerkEvent("user.created", { id: "user_1", updated_at: 1 });
  const failed = await postWebhook({ origin: platform.origin, body, svixId: "msg_retry" });
  expect(failed.status).toBe(503);
  expect(await platform.db.prepare("select count(*) as n from webhook_deliveries").first("n")).toBe(
    0,
  );
  await platform.db.exec("alter table users_away rename to users");
  expect(await sendBody(body, "msg_retry")).toEqual({ outcome: "applied" });
});

test("logs no email address, name or secret", async () => {
  await send("user.created", { first_name: "Zerlina", ...email("zerlina@example.com") });
  await send("user.deleted", {});
  const log = (await readCompleteLog(platform)).join("\n");
  expect(log).toContain('"event":"webhook.handled"');
  expect(log).not.toMatch(/zerlina|whsec_|sk_test_/i);
});
