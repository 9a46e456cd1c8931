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

async function rowCount(): Promise<unknown> {
  return platform.db
    .prepare(
      "select (select count(*) from users) + (select count(*) from webhook_deliveries) as rows",
    )
    .first("rows");
}

async function expectRefused(response: Response, status: number): Promise<void> {
  expect(response.status).toBe(status);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(await response.json()).toEqual({ type: "about:blank", title: expect.any(String), status });
  expect(await rowCount()).toBe(0);
}

test("a signed event is taken, and its row is written", async () => {
  const response = await post();
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ outcome: "applied" });
  expect(await platform.db.prepare("select name from users").first("name")).toBe("Ada");
});

test.each(["svix-id", "svix-timestamp", "svix-signature"])(
  "an event without %s is refused",
  async (name) => {
    await expectRefused(await post({ headers: { [name]: null } }), 400);
  },
);

test("an event signed with a secret that is not ours is refused", async () => {
  await expectRefused(await post({ secret: `whsec_${btoa("somebody else's secret, long")}` }), 400);
});

test("a forged signature is refused", async () => {
  const forged = `v1,${btoa("x".repeat(32))}`;
  await expectRefused(await post({ headers: { "svix-signature": forged } }), 400);
});

test("a signature for another message id is refused", async () => {
  await expectRefused(await post({ headers: { "svix-id": "msg_other" } }), 400);
});

test.each([-6, 6])("an event signed %i minutes from now is refused", async (minutes) => {
  await expectRefused(await post({ signedAt: new Date(Date.now() + minutes * minute) }), 400);
});

test("the same JSON written anew is refused: the signature is over the bytes", async () => {
  const signedAt = new Date();
  const signature = new Webhook(localClerkKeys.webhookSecret).sign("msg_1", signedAt, body);
  const rewritten = JSON.stringify(JSON.parse(body), null, 1);
  const headers = { "svix-signature": signature };
  await expectRefused(await post({ body: rewritten, svixId: "msg_1", signedAt, headers }), 400);
});

test("during a rotation both secrets are good, alone and together", async () => {
  const signedAt = new Date();
  const sign = (secret: string) => new Webhook(secret).sign("msg_both", signedAt, body);
  const both = `${sign(`whsec_${btoa("a secret of long ago, long enough")}`)} ${sign(nextSecret)}`;
  expect((await post({ secret: nextSecret })).status).toBe(200);
  expect((await post({ secret: localClerkKeys.webhookSecret })).status).toBe(200);
  const together = { svixId: "msg_both", signedAt, headers: { "svix-signature": both } };
  expect((await post(together)).status).toBe(200);
});

test("a body over 256 kB is refused, signed or not, however its length is told", async () => {
  const giant = clerkEvent("user.created", { id: "user_1", first_name: "x".repeat(256 * 1024) });
  await expectRefused(await post({ body: giant }), 413);
  const streamed = await fetch(`${platform.origin}/api/webhooks/clerk`, {
    method: "POST",
    headers: { "svix-id": "a", "svix-timestamp": "1", "svix-signature": "v1,a" },
    body: new Blob([giant]).stream(),
    ...{ duplex: "half" },
  });
  await expectRefused(streamed, 413);
});

test("of a body that stops half-way no more is awaited than ten seconds", async () => {
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
}, 20_000);

test("a body that is not UTF-8 is refused", async () => {
  const response = await fetch(`${platform.origin}/api/webhooks/clerk`, {
    method: "POST",
    headers: { "svix-id": "a", "svix-timestamp": "1", "svix-signature": "v1,a" },
    body: new Uint8Array([0xff, 0xfe, 0x00]),
  });
  await expectRefused(response, 400);
});

test.each(["GET", "PUT", "PATCH", "DELETE"])("%s is not a way to send an event", async (method) => {
  await expectRefused(await fetch(`${platform.origin}/api/webhooks/clerk`, { method }), 405);
});
