import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { usePlatform } from "../support/fixtures.ts";
import { clerkUnreachable } from "../support/platform.ts";
import {
  noSideEffects,
  readSideEffects,
  resetToUntouchedUser,
  secret,
  untouchedUser,
} from "../support/untouched-user.ts";
import { clerkEvent, postWebhook } from "../support/webhooks.ts";

const platform = await usePlatform(clerkUnreachable);
beforeEach(() => resetToUntouchedUser(platform));
afterEach(async () => expect(await readSideEffects(platform)).toEqual(noSideEffects));

const rowOf = (clerkUserId: string) =>
  platform.db.prepare("select * from users where clerk_user_id = ?").bind(clerkUserId).first();

/** Posts a body, expects 200, and returns the recorded outcome and error and `user_1`'s row. */
async function postAndRead(body: string) {
  const response = await postWebhook({ origin: platform.origin, body, svixId: "msg_poison" });
  expect(response.status).toBe(200);
  const result = await response.json();
  const recorded = await platform.db
    .prepare("select outcome, error from webhook_deliveries where svix_id = 'msg_poison'")
    .first();
  expect(result).toEqual({ outcome: recorded?.outcome });
  return { outcome: recorded?.outcome, error: recorded?.error, row: await rowOf("user_1") };
}

const created = (data: Record<string, unknown>) =>
  clerkEvent("user.created", { id: "user_1", first_name: secret, ...data });

describe("an unparsable event", () => {
  test.each([
    ["nothing", ""],
    ["text that is not JSON", secret],
    ["JSON that ends early", `{"type":"user.created","data":{"first_name":"${secret}`],
    ["a comma too many", `{"type":"user.created",}`],
    ["an invalid escape", `{"type":"user.created","data":{"id":"user_1\\x"}}`],
    ["a surrogate escape cut short", `{"type":"user.created","data":{"id":"user_1\\ud8"}}`],
    ["a control character in a string", `{"type":"user.created","data":{"id":"user_1\n"}}`],
    ["null", "null"],
    ["a text", `"${secret}"`],
    ["a number too large for a double", "1e999"],
    ["an array", `[${created({})}]`],
  ])("%s is recorded as not an object", async (_, body) => {
    const { outcome, error } = await postAndRead(body);
    expect({ outcome, error }).toEqual({ outcome: "rejected", error: "body: invalid_type" });
  });

  test.each([
    ["type: invalid_type", JSON.stringify({ type: 5, data: { id: "user_1" } })],
    ["type: invalid_type", JSON.stringify({ data: { id: "user_1" } })],
    ["type: too_big", clerkEvent(secret.repeat(20), { id: "user_1" })],
    ["instance_id: invalid_type", JSON.stringify({ type: "a", data: 1, instance_id: [secret] })],
    ["body: invalid_type", JSON.stringify({ type: "user.created", data: [{ id: "user_1" }] })],
    ["body: invalid_type", JSON.stringify({ type: "user.deleted", data: null })],
    ["body: invalid_type", JSON.stringify({ type: "user.updated", data: secret })],
    ["id: invalid_type", clerkEvent("user.deleted", { id: [secret] })],
    ["id: invalid_format", clerkEvent("user.deleted", { id: "" })],
    ["user_id: invalid_type", clerkEvent("session.ended", { id: "sess_1" })],
    ["id: invalid_format", clerkEvent("session.revoked", { id: `${secret}"`, user_id: "user_1" })],
  ])("an envelope with %s", async (error, body) => {
    expect(await postAndRead(body)).toEqual({ outcome: "rejected", error, row: null });
  });
});

describe("a field of the wrong kind", () => {
  test.each<[string, unknown]>([
    ["id: invalid_type", { id: null }],
    ["id: invalid_type", { id: 5 }],
    ["id: invalid_format", { id: "" }],
    ["id: invalid_format", { id: ".." }],
    ["id: invalid_format", { id: "x".repeat(101) }],
    ["first_name: invalid_type", { first_name: [secret] }],
    ["last_name: invalid_type", { last_name: { a: secret } }],
    ["username: invalid_type", { username: 5 }],
    ["image_url: invalid_type", { image_url: true }],
    ["primary_email_address_id: invalid_type", { primary_email_address_id: 5 }],
    ["email_addresses: invalid_type", { email_addresses: { id: "a", email_address: secret } }],
    ["email_addresses.0: invalid_type", { email_addresses: [secret] }],
    [
      "email_addresses.1.id: invalid_type",
      {
        email_addresses: [
          { id: "a", email_address: "b" },
          { id: 1, email_address: secret },
        ],
      },
    ],
    ["email_addresses.0.email_address: invalid_type", { email_addresses: [{ id: "a" }] }],
    ["public_metadata: invalid_type", { public_metadata: [secret] }],
    ["public_metadata: invalid_type", { public_metadata: secret }],
    ["updated_at: invalid_type", { updated_at: null }],
    ["updated_at: invalid_type", { updated_at: "1" }],
    ["updated_at: invalid_type", { updated_at: 1.5 }],
    ["updated_at: too_small", { updated_at: -1 }],
    ["updated_at: too_big", { updated_at: 1e308 }],
    ["updated_at: too_big", { updated_at: 2 ** 53 }],
    ["banned: invalid_type", { banned: secret }],
    ["locked: invalid_type", { locked: 1 }],
  ])("%s %j", async (error, data) => {
    expect(await postAndRead(created(Object(data)))).toEqual({
      outcome: "rejected",
      error,
      row: null,
    });
  });
});

describe("unusual but valid user data:", () => {
  const phoneOnly = { phone_numbers: [{ id: "idn_1", phone_number: "+41 44 668 18 00" }] };
  const family = "👩‍👩‍👧‍👦";

  test.each<[string, Record<string, unknown>, string]>([
    ["null names and no e-mail", { first_name: null, last_name: null, username: null }, "User"],
    ["a phone number only", { first_name: null, ...phoneOnly }, "User"],
    ["emoji", { first_name: family, last_name: "🇨🇭" }, `${family} 🇨🇭`],
    [
      "combining marks",
      { first_name: "Zoe\u0308", last_name: "a\u0300\u0301\u0302" },
      "Zoe\u0308 a\u0300\u0301\u0302",
    ],
    ["right to left", { first_name: "עדה", last_name: "لوفليس" }, "עדה لوفليس"],
    ["direction override characters", { first_name: "\u202eada\u202c" }, "\u202eada\u202c"],
    ["a name of NUL and more", { first_name: "a\u0000b" }, "ab"],
    ["SQL and HTML", { first_name: "'; drop table users; --<b>" }, "'; drop table users; --<b>"],
    ["10 kB of letters", { first_name: "x".repeat(10_240) }, "x".repeat(200)],
    ["10 kB of emoji", { first_name: "🦉".repeat(2_560) }, "🦉".repeat(200)],
    [
      "10 kB of combining marks",
      { first_name: `a${"\u0301".repeat(5_119)}` },
      `a${"\u0301".repeat(199)}`,
    ],
  ])("%s", async (_, data, name) => {
    const { outcome, error, row } = await postAndRead(created(data));
    expect({ outcome, error }).toEqual({ outcome: "applied", error: null });
    expect(row).toMatchObject({ name, email: null, role: "user" });
  });

  test("half a surrogate pair becomes the replacement character", async () => {
    const { outcome, row } = await postAndRead(created({ first_name: "a\ud83db" }));
    expect(outcome).toBe("applied");
    expect(row?.name).toMatch(/^a\ufffd+b$/);
  });

  test("the last of duplicate keys counts", async () => {
    const body = `{"type":"user.deleted","type":"user.created","data":{"id":"${untouchedUser}","id":"user_1","updated_at":9,"updated_at":8}}`;
    expect(await postAndRead(body)).toMatchObject({
      outcome: "applied",
      row: { clerk_updated_at: 8 },
    });
  });

  test("keys such as __proto__ are plain data", async () => {
    const keys = `"__proto__":{"id":"${untouchedUser}","updated_at":9,"role":"admin"},"constructor":{"prototype":{"role":"admin"}}`;
    const without = await postAndRead(`{"type":"user.created","data":{${keys}}}`);
    expect(without.outcome).toBe("rejected");
    await platform.db.exec("delete from webhook_deliveries");
    const data = `{${keys},"id":"user_1","updated_at":1,"public_metadata":{${keys}}}`;
    const body = `{"__proto__":{"type":"user.deleted"},"type":"user.created","data":${data}}`;
    expect(await postAndRead(body)).toMatchObject({ outcome: "applied", row: { role: "user" } });
  });

  test.each([10_000, 100_000])("%i levels deep", async (levels) => {
    const deep = `${"[".repeat(levels)}${"]".repeat(levels)}`;
    expect(await postAndRead(`{"type":"user.created","data":${deep}}`)).toMatchObject({
      outcome: "rejected",
    });
    await platform.db.exec("delete from webhook_deliveries");
    const data = `{"id":"user_1","updated_at":1,"public_metadata":{"role":"admin","deep":${deep}}}`;
    expect(await postAndRead(`{"type":"user.created","data":${data}}`)).toMatchObject({
      outcome: "applied",
      row: { role: "admin" },
    });
  });

  test("the revision 0", async () => {
    expect(await postAndRead(created({ updated_at: 0 }))).toMatchObject({
      row: { clerk_updated_at: 0, refresh_pending: 0 },
    });
  });

  test("the largest revision is replaced by the time of receipt", async () => {
    const before = Date.now();
    const { row } = await postAndRead(created({ updated_at: Number.MAX_SAFE_INTEGER }));
    expect(row).toMatchObject({ refresh_pending: 1 });
    expect(row?.clerk_updated_at).toBeGreaterThanOrEqual(before);
    expect(row?.clerk_updated_at).toBeLessThanOrEqual(Date.now());
  });

  test("the email address of a deleted or active user", async () => {
    const addressed = (id: string, address: string) =>
      clerkEvent("user.updated", {
        id,
        primary_email_address_id: "idn_1",
        email_addresses: [{ id: "idn_1", email_address: address }],
      });
    const send = (body: string) => postWebhook({ origin: platform.origin, body });
    await send(addressed("user_2", "shared@example.com"));
    await send(clerkEvent("user.deleted", { id: "user_2" }));
    expect(await postAndRead(addressed("user_1", "shared@example.com"))).toMatchObject({
      outcome: "applied",
      row: { email: "shared@example.com" },
    });
    await send(addressed("user_2", "shared@example.com"));
    expect(await rowOf("user_2")).toMatchObject({ email: null, deleted_at: expect.any(Number) });
    await send(addressed("user_3", "by@example.com"));
    expect(await rowOf("user_3")).toMatchObject({ email: "by@example.com", role: "user" });
  });

  test.each(["user.exploded", "constructor", "USER.CREATED", ""])(
    "the type %j is ignored",
    async (type) => {
      expect(
        await postAndRead(clerkEvent(type, { id: untouchedUser, first_name: secret })),
      ).toEqual({
        outcome: "ignored",
        error: null,
        row: null,
      });
    },
  );
});
