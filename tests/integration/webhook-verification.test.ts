import { once } from "node:events";
import { connect } from "node:net";
import { Webhook } from "svix";
import { beforeEach, expect, test } from "vitest";
import * as z from "zod";
import { localClerkKeys } from "../clerk/environment.ts";
import { usePlatform } from "../support/fixtures.ts";
import { clerkUnreachable } from "../support/platform.ts";
import { clerkEvent, postWebhook } from "../support/webhooks.ts";

const nextSecret = `whsec_${btoa("the next secret, quite long enough")}`;
const minute = 60_000;

const platform = await usePlatform({
  ...clerkUnreachable,
  CLERK_WEBHOOK_SECRET: `${localClerkKeys.webhookSecret} ${nextSecret}`,
});
beforeEach(async () => {
  await platform.db.exec("delete from users");
  await platform.db.exec("delete from webhook_deliveries");
});

const body = clerkEvent("user.created", { id: "user_1", first_name: "Ada", updated_at: 1 });
const post = (options: Partial<Parameters<typeof postWebhook>[0]> = {}) =>
  postWebhook({ origin: platform.origin, body, ...options });

/** The headers of a valid delivery under Svix's other, unbranded names. */
function unbranded(id: string): Record<string, string | null> {
  const signedAt = new Date();
  return {
    "svix-id": null,
    "svix-timestamp": null,
    "svix-signature": null,
    "webhook-id": id,
    "webhook-timestamp": `${Math.floor(signedAt.getTime() / 1000)}`,
    "webhook-signature": new Webhook(localClerkKeys.webhookSecret).sign(id, signedAt, body),
  };
}

async function rowCount(): Promise<unknown> {
  return platform.db
    .prepare(
      "select (select count(*) from users) + (select count(*) from webhook_deliveries) as rows",
    )
    .first("rows");
}

async function expectRejected(response: Response, status: number): Promise<void> {
  expect(response.status).toBe(status);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(await response.json()).toEqual({ type: "about:blank", title: expect.any(String), status });
  expect(await rowCount()).toBe(0);
}

test("applies a signed event", async () => {
  const response = await post();
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ outcome: "applied" });
  expect(await platform.db.prepare("select name from users").first("name")).toBe("Ada");
});

test("an event with webhook-* headers instead of svix-* is accepted", async () => {
  const response = await post({ headers: unbranded("msg_unbranded") });
  expect(await response.json()).toEqual({ outcome: "applied" });
  const ids = await platform.db.prepare("select svix_id from webhook_deliveries").raw();
  expect(ids).toEqual([["msg_unbranded"]]);
});

test.each(["webhook-id", "webhook-timestamp", "webhook-signature"])(
  "an event with webhook-* headers but without %s is rejected",
  async (name) => {
    await expectRejected(await post({ headers: { ...unbranded("msg_1"), [name]: null } }), 400);
  },
);

test("where both are present, the svix-* headers count", async () => {
  const others = { "webhook-id": "x", "webhook-timestamp": "1", "webhook-signature": "v1,x" };
  await post({ svixId: "msg_1", headers: others });
  const ids = await platform.db.prepare("select svix_id from webhook_deliveries").raw();
  expect(ids).toEqual([["msg_1"]]);
});

test.each(["svix-id", "svix-timestamp", "svix-signature"])(
  "rejects an event without %s",
  async (name) => {
    await expectRejected(await post({ headers: { [name]: null } }), 400);
  },
);

test("rejects an event signed with another secret", async () => {
  await expectRejected(
    await post({ secret: `whsec_${btoa("somebody else's secret, long")}` }),
    400,
  );
});

test("rejects a forged signature", async () => {
  const forged = `v1,${btoa("x".repeat(32))}`;
  await expectRejected(await post({ headers: { "svix-signature": forged } }), 400);
});

test("rejects a signature for another message id", async () => {
  await expectRejected(await post({ headers: { "svix-id": "msg_other" } }), 400);
});

test.each([-6, 6])("rejects an event signed %i minutes from now", async (minutes) => {
  await expectRejected(await post({ signedAt: new Date(Date.now() + minutes * minute) }), 400);
});

test("rejects reformatted JSON, because the signature covers the bytes", async () => {
  const signedAt = new Date();
  const signature = new Webhook(localClerkKeys.webhookSecret).sign("msg_1", signedAt, body);
  const rewritten = JSON.stringify(JSON.parse(body), null, 1);
  const headers = { "svix-signature": signature };
  await expectRejected(await post({ body: rewritten, svixId: "msg_1", signedAt, headers }), 400);
});

test("accepts both secrets during a rotation, alone and together", async () => {
  const signedAt = new Date();
  const sign = (secret: string) => new Webhook(secret).sign("msg_both", signedAt, body);
  const both = `${sign(`whsec_${btoa("a secret of long ago, long enough")}`)} ${sign(nextSecret)}`;
  expect((await post({ secret: nextSecret })).status).toBe(200);
  expect((await post({ secret: localClerkKeys.webhookSecret })).status).toBe(200);
  const together = { svixId: "msg_both", signedAt, headers: { "svix-signature": both } };
  expect((await post(together)).status).toBe(200);
});

test("rejects a body over 256 kB, with or without a Content-Length", async () => {
  const giant = clerkEvent("user.created", { id: "user_1", first_name: "x".repeat(256 * 1024) });
  await expectRejected(await post({ body: giant }), 413);
  const streamed = await fetch(`${platform.origin}/api/webhooks/clerk`, {
    method: "POST",
    headers: { "svix-id": "a", "svix-timestamp": "1", "svix-signature": "v1,a" },
    body: new Blob([giant]).stream(),
    ...{ duplex: "half" },
  });
  await expectRejected(streamed, 413);
});

test("times out after ten seconds when a body stops halfway", async () => {
  const { port } = new URL(platform.origin);
  const head = `POST /api/webhooks/clerk HTTP/1.1\r\nHost: localhost:${port}\r\nsvix-id: a\r\nsvix-timestamp: 1\r\nsvix-signature: v1,a\r\n`;
  const startedAt = performance.now();
  const socket = connect(Number(port), "localhost");
  socket.write(`${head}Content-Length: ${body.length}\r\n\r\n${body.slice(0, 100)}`);
  const [answer] = z.tuple([z.instanceof(Buffer)]).parse(await once(socket, "data"));
  socket.destroy();
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 408 /);
  expect(performance.now() - startedAt).toBeGreaterThan(9_500);
  expect(await rowCount()).toBe(0);
});

test("rejects a body that is not UTF-8", async () => {
  const response = await fetch(`${platform.origin}/api/webhooks/clerk`, {
    method: "POST",
    headers: { "svix-id": "a", "svix-timestamp": "1", "svix-signature": "v1,a" },
    body: new Uint8Array([0xff, 0xfe, 0x00]),
  });
  await expectRejected(response, 400);
});

test.each(["GET", "PUT", "PATCH", "DELETE"])("rejects the method %s", async (method) => {
  await expectRejected(await fetch(`${platform.origin}/api/webhooks/clerk`, { method }), 405);
});
