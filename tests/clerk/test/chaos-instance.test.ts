import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { verifyToken } from "@clerk/backend";
import { Webhook } from "svix";
import { describe, expect, it, onTestFinished } from "vitest";
import { readValue, writeValue } from "../../local-service/state/keyed-values.ts";
import { type Received, startReceiver } from "../../support/webhook-receiver.ts";
import { localClerkKeys } from "../environment.ts";
import { openDatabase } from "../state/database.ts";
import { metadataSchema } from "../state/users.ts";
import { startClerk } from "./support.ts";

const hour = 3_600_000;

const signedBy = (secret: string, message: Received | undefined) => {
  const { body = "", headers = {} } = message ?? {};
  const text = `${headers["svix-id"]}.${headers["svix-timestamp"]}.${body}`;
  const at = new Date(Number(headers["svix-timestamp"]) * 1000);
  expect(text).toContain("user.");
  const signature = new Webhook(secret).sign(headers["svix-id"] ?? "", at, body);
  return headers["svix-signature"]?.split(" ").includes(signature) ?? false;
};

describe("a rotated webhook secret", () => {
  it("signs first, and the old one keeps signing until the grace period ends", async () => {
    const { url, received } = await startReceiver();
    let now = Date.now();
    const { control } = await startClerk({ webhookUrl: url, clock: { now: () => now } });
    const old = localClerkKeys.webhookSecret;
    const { secret, signing } = await control.rotateWebhookSecret({ graceMs: hour });
    expect(signing).toEqual([secret, old]);
    const user = await control.createUser({ emailAddresses: ["a@b.co"] });
    await control.waitForIdle();
    expect(signedBy(secret, received[0])).toBe(true);
    expect(signedBy(old, received[0])).toBe(true);

    now += hour;
    await control.updateUser(user.id, { firstName: "Ada" });
    await control.waitForIdle();
    expect(signedBy(secret, received[1])).toBe(true);
    expect(signedBy(old, received[1])).toBe(false);
    const back = await control.rotateWebhookSecret({ secret: old, graceMs: 0 });
    expect(back.signing).toEqual([old]);
  });
});

describe("a shifted clock", () => {
  it("applies to tokens and webhooks", async () => {
    const { url, received } = await startReceiver();
    const now = Date.now();
    const { control, jwtKey } = await startClerk({ webhookUrl: url, clock: { now: () => now } });
    await control.shiftClock(-hour);
    const user = await control.createUser({ emailAddresses: ["a@b.co"] });
    const { token } = await control.createSession({ userId: user.id });
    await control.waitForIdle();
    const seconds = Math.floor((now - hour) / 1000);
    expect(user.created_at).toBe(now - hour);
    expect(received[0]?.headers["svix-timestamp"]).toBe(String(seconds));
    expect(JSON.parse(received[0]?.body ?? "").timestamp).toBe(now - hour);
    await expect(verifyToken(token, { jwtKey })).rejects.toMatchObject({ reason: "token-expired" });
    const claims = await verifyToken(token, { jwtKey, clockSkewInMs: 2 * hour });
    expect([claims.iat, claims.exp]).toEqual([seconds, seconds + 60]);
  });

  it("preserves the remaining delay of queued messages", async () => {
    const { url, received } = await startReceiver();
    const { control } = await startClerk({ webhookUrl: url });
    await control.shiftClock(hour);
    await control.hold();
    await control.createUser({ emailAddresses: ["a@b.co"] });
    await control.shiftClock(-hour);
    await control.release();
    await control.waitForIdle();
    expect(received).toHaveLength(1);
  });
});

describe("chaos settings", () => {
  it("survive a restart with their remaining counts, and add defaults to an older state", async () => {
    const folder = mkdtempSync(join(tmpdir(), "local-clerk-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const statePath = join(folder, "state.sqlite");
    const before = await startClerk({ statePath });
    await before.control.updateChaos({ clockOffsetMs: 5, deliveries: { drop: { next: 2 } } });
    await before.control.createUser({ emailAddresses: ["a@b.co"] });
    await before.control.waitForIdle();
    await before.close();

    const db = openDatabase(statePath);
    const { webhooks, ...rest } = readValue(db, "settings", metadataSchema) ?? {};
    const { retiringSecrets: _, ...older } = metadataSchema.parse(webhooks);
    writeValue(db, "settings", { ...rest, webhooks: older });
    db.close();

    const { control } = await startClerk({ statePath });
    const { clockOffsetMs, deliveries } = await control.getChaos();
    expect([clockOffsetMs, deliveries.drop.next]).toEqual([5, 1]);
    expect((await control.getSettings()).webhooks.retiringSecrets).toEqual([]);
  });
});

describe("many users at once", () => {
  it("are listed in a stable order across pages, and by id", async () => {
    const { control, backend } = await startClerk();
    expect(await control.createUsers({ count: 1200, prefix: "many-" })).toEqual({ count: 1200 });
    const page = async (offset: number) =>
      (await backend.users.getUserList({ orderBy: "+created_at", limit: 500, offset })).data;
    const users = [...(await page(0)), ...(await page(500)), ...(await page(1000))];
    const ids = users.map(({ id }) => id);
    expect(new Set(ids).size).toBe(1200);
    expect(new Set(users.map(({ createdAt }) => createdAt)).size).toBe(1);
    expect(ids).toEqual([...ids].sort());
    const someIds = ids.slice(300, 400);
    const found = await backend.users.getUserList({ userId: someIds, limit: 100 });
    expect(new Set(found.data.map(({ id }) => id))).toEqual(new Set(someIds));
    expect(await control.listWebhookMessages()).toEqual([]);
  });

  it("send webhooks only if requested, and a taken prefix creates no users", async () => {
    const { control, backend } = await startClerk();
    await control.hold();
    await control.createUsers({ count: 3, prefix: "a", webhooks: true });
    expect((await control.listWebhookMessages()).map(({ type }) => type)).toEqual(
      Array(3).fill("user.created"),
    );
    const again = control.createUsers({ count: 2, prefix: "a" });
    await expect(again).rejects.toThrow("form_identifier_exists");
    expect(await backend.users.getCount()).toBe(3);
  });
});
