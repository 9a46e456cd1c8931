import { request as httpRequest, type OutgoingHttpHeaders } from "node:http";
import { Webhook } from "svix";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { localClerkKeys } from "../clerk/environment.ts";
import { usePlatform } from "../support/fixtures.ts";
import { clerkUnreachable } from "../support/platform.ts";
import {
  noSideEffects,
  readSideEffects,
  resetToUntouchedUser,
  secret,
} from "../support/untouched-user.ts";
import { clerkEvent, postWebhook } from "../support/webhooks.ts";

const instanceId = "ins_ours";

const platform = await usePlatform({ ...clerkUnreachable, CLERK_INSTANCE_ID: instanceId });
beforeEach(() => resetToUntouchedUser(platform));
afterEach(async () => expect(await readSideEffects(platform)).toEqual(noSideEffects));

const readDeliveries = async () =>
  (await platform.db.prepare("select outcome, error, clerk_user_id from webhook_deliveries").all())
    .results;

/** A creation of `user_1`, from our instance by default. */
function created(
  data: Record<string, unknown> = {},
  envelope: object = { instance_id: instanceId },
) {
  const event: object = JSON.parse(
    clerkEvent("user.created", { id: "user_1", first_name: secret, ...data }),
  );
  return JSON.stringify({ ...event, ...envelope });
}

describe("with CLERK_INSTANCE_ID", () => {
  test("applies an event of that instance", async () => {
    const response = await postWebhook({ origin: platform.origin, body: created() });
    expect(await response.json()).toEqual({ outcome: "applied" });
  });

  test.each([
    ["ins_other"],
    [null],
    [undefined],
    [""],
    [`${instanceId} `],
    [instanceId.toUpperCase()],
  ])("records an event of %j as rejected and changes nothing", async (instance_id) => {
    const deletion = { type: "user.deleted", data: { id: "user_bystander" }, instance_id };
    for (const body of [created({}, { instance_id }), JSON.stringify(deletion)]) {
      const response = await postWebhook({ origin: platform.origin, body });
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({ outcome: "rejected" });
    }
    const error = "instance_id: another instance";
    const recorded = { outcome: "rejected", error, clerk_user_id: null };
    expect(await readDeliveries()).toEqual([recorded, recorded]);
    expect(await platform.db.prepare("select count(*) as n from users").first("n")).toBe(1);
  });
});

describe("the size", () => {
  const limit = 256 * 1024;
  /** An event of the given size, in two-byte characters. */
  function sized(bytes: number): string {
    const room = bytes - Buffer.byteLength(created({ pad: "" }));
    return created({ pad: "é".repeat(room / 2) + "x".repeat(room % 2) });
  }

  test.each([limit - 1, limit])("of %i bytes is accepted", async (bytes) => {
    const response = await postWebhook({ origin: platform.origin, body: sized(bytes) });
    expect(await response.json()).toEqual({ outcome: "applied" });
  });

  test("over the limit is rejected, and nothing is recorded", async () => {
    const response = await postWebhook({ origin: platform.origin, body: sized(limit + 1) });
    expect(response.status).toBe(413);
    expect(await platform.db.prepare("select * from webhook_deliveries").all()).toMatchObject({
      results: [],
    });
  });
});

describe("the headers", () => {
  const signedAt = new Date();
  const seconds = `${Math.floor(signedAt.getTime() / 1000)}`;
  const body = created();
  const sign = (id: string) => new Webhook(localClerkKeys.webhookSecret).sign(id, signedAt, body);
  const forged = `v1,${btoa("x".repeat(32))}`;
  const id = "msg_header";

  /** Sends the headers unchanged (an array as several lines) and returns the status. */
  function post(headers: OutgoingHttpHeaders): Promise<number | undefined> {
    const allHeaders = {
      "svix-id": id,
      "svix-timestamp": seconds,
      "svix-signature": sign(id),
      ...headers,
    };
    return new Promise((resolve, reject) => {
      const url = `${platform.origin}/api/webhooks/clerk`;
      httpRequest(url, { method: "POST", headers: allHeaders }, (response) => {
        response.resume().once("end", () => resolve(response.statusCode));
      })
        .once("error", reject)
        .end(body);
    });
  }

  test.each<[number, string, OutgoingHttpHeaders]>([
    [
      200,
      "an id of 256 characters",
      { "svix-id": "a".repeat(256), "svix-signature": sign("a".repeat(256)) },
    ],
    [
      400,
      "an id of 300 characters",
      { "svix-id": "a".repeat(300), "svix-signature": sign("a".repeat(300)) },
    ],
    [200, "two signature lines, the second valid", { "svix-signature": [forged, sign(id)] }],
    [200, "two signature lines, the first valid", { "svix-signature": [sign(id), forged] }],
    [400, "two signature lines, none valid", { "svix-signature": [forged, forged] }],
    [
      200,
      "white space around a value",
      { "svix-id": `  ${id}`, "svix-signature": `  ${sign(id)}  ` },
    ],
    [200, "white space between signatures", { "svix-signature": `${forged}   ${sign(id)}` }],
    [400, "white space inside a signature", { "svix-signature": sign(id).replace(",", ", ") }],
    [400, "a signature of another version", { "svix-signature": sign(id).replace("v1", "v2") }],
    [400, "a signature without its version", { "svix-signature": sign(id).slice(3) }],
    [400, "a thousand bad signatures", { "svix-signature": "v1,a ".repeat(1_000) }],
    [400, "two ids", { "svix-id": [id, id] }],
    // Svix's library parses the leading digits and verifies the signature with them.
    [200, "two timestamps", { "svix-timestamp": [seconds, seconds] }],
    [400, "a timestamp that is not a number", { "svix-timestamp": "now" }],
    [200, "a timestamp with a tail", { "svix-timestamp": `${seconds}.5` }],
    [400, "an endless timestamp", { "svix-timestamp": "9".repeat(400) }],
    [400, "an empty id", { "svix-id": "", "svix-signature": sign("") }],
  ])("%i: %s", async (status, _, headers) => {
    expect(await post(headers)).toBe(status);
    const recorded = await platform.db
      .prepare("select count(*) as n from webhook_deliveries")
      .first("n");
    expect(recorded).toBe(status === 200 ? 1 : 0);
  });
});
