import { Webhook } from "svix";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { deferred } from "../../support/deferred.ts";
import { type Received, startReceiver } from "../../support/webhook-receiver.ts";
import { localClerkKeys } from "../environment.ts";
import { retryDelay, retryDelays } from "../webhooks/schedule.ts";
import { webhookSchemas } from "./conformance/webhook-schemas.ts";
import { openBrowser, startClerk } from "./support.ts";

const eventSchema = z.object({
  type: z.string(),
  object: z.literal("event"),
  instance_id: z.string(),
  timestamp: z.number(),
  data: z.looseObject({ id: z.string(), updated_at: z.number().optional() }),
});

const event = (message: Received | undefined) => eventSchema.parse(JSON.parse(message?.body ?? ""));
const types = (received: Received[]) => received.map((message) => event(message).type);

describe("webhooks", () => {
  it("report every change in order, signed and in the Backend API's format", async () => {
    const { url, received } = await startReceiver();
    const { control, backend } = await startClerk({ webhookUrl: url });
    const user = await control.createUser({ emailAddresses: ["a@b.co"], firstName: "Ada" });
    await backend.users.updateUser(user.id, { lastName: "Lovelace" });
    await backend.users.updateUserMetadata(user.id, { publicMetadata: { dbId: "1" } });
    await backend.users.deleteUser(user.id);
    await control.waitForIdle();

    expect(types(received)).toEqual([
      "user.created",
      "user.updated",
      "user.updated",
      "user.deleted",
    ]);
    const verifier = new Webhook(localClerkKeys.webhookSecret);
    for (const { body, headers } of received) verifier.verify(body, headers);
    expect(event(received[0]).data).toEqual(user);
    expect(event(received[2]).data).toMatchObject({ public_metadata: { dbId: "1" } });
    expect(event(received[3]).data).toEqual({ id: user.id, object: "user", deleted: true });
    const [first] = received;
    const tampered = () => verifier.verify(`${first?.body} `, first?.headers ?? {});
    expect(tampered).toThrow();
  });

  it("name the instance that the Backend API returns, except for an example", async () => {
    const { url, received } = await startReceiver();
    const { control, backend, instanceId } = await startClerk({ webhookUrl: url });
    expect(instanceId).not.toBe((await startClerk()).instanceId);
    await control.createUser({ emailAddresses: ["a@b.co"] });
    await control.sendExample({ type: "user.updated" });
    await control.waitForIdle();
    const [created, example] = received.map(event);
    expect(created?.instance_id).toBe((await backend.instance.get()).id);
    expect(example).toMatchObject({
      type: "user.updated",
      instance_id: "ins_123",
      data: { first_name: "Example", last_name: "Example" },
    });
    await expect(backend.users.getUser(example?.data.id ?? "")).rejects.toMatchObject({
      status: 404,
    });
  });

  it("are sent on sign-up and sign-in, as Clerk's document says", async () => {
    const { url, received } = await startReceiver();
    const { control, origin } = await startClerk({ webhookUrl: url });
    await control.updateSettings({ signUp: { verifyEmailCode: false } });
    const browser = await openBrowser(origin);
    const form = { email_address: "a@b.co", password: "long enough" };
    await browser.sendOk("POST", "/client/sign_ups", form);
    await browser.sendOk("DELETE", "/client/sessions");
    for (const action of ["end", "revoke"] as const) {
      const { id } = await browser.signIn("a@b.co", "long enough");
      await browser.sendOk(
        "POST",
        `/${action === "end" ? "client" : "me"}/sessions/${id}/${action}`,
      );
    }
    await browser.signIn("a@b.co", "long enough");
    await browser.sendOk("DELETE", "/me");
    await control.waitForIdle();
    expect(types(received)).toEqual([
      "user.created",
      "session.removed",
      "user.updated",
      "session.ended",
      "user.updated",
      "session.revoked",
      "user.updated",
      "session.removed",
      "user.deleted",
    ]);
    for (const message of received) {
      const schema = webhookSchemas[event(message).type];
      const result = schema?.safeParse(JSON.parse(message.body));
      expect(result?.error && z.prettifyError(result.error), event(message).type).toBeUndefined();
    }
    expect([...new Set(types(received))].toSorted()).toEqual(
      Object.keys(webhookSchemas).toSorted(),
    );
  });

  it("do not delay the Frontend API", async () => {
    const response = deferred<number>();
    const { url } = await startReceiver(() => response.promise);
    const { control, origin } = await startClerk({ webhookUrl: url });
    await control.updateSettings({ signUp: { verifyEmailCode: false } });
    const browser = await openBrowser(origin);
    const form = { email_address: "a@b.co", password: "long enough" };
    const { resource } = await browser.sendOk("POST", "/client/sign_ups", form);
    expect(resource.status).toBe("complete");
    expect(await control.listWebhookMessages()).toMatchObject([{ status: "pending" }]);
    response.resolve(200);
    await control.waitForIdle();
    expect(await control.listWebhookMessages()).toMatchObject([{ status: "delivered" }]);
  });

  it("are not blocked by a hanging delivery", async () => {
    const hanging = deferred<number>();
    const second = deferred<string>();
    const { url } = await startReceiver(({ body }) => {
      if (body.includes("first@b.co")) return hanging.promise;
      second.resolve("arrived");
      return 200;
    });
    const { control } = await startClerk({ webhookUrl: url });
    await control.createUser({ emailAddresses: ["first@b.co"] });
    await control.createUser({ emailAddresses: ["second@b.co"] });
    expect(await second.promise).toBe("arrived");
    hanging.resolve(200);
    await control.waitForIdle();
    const messages = await control.listWebhookMessages();
    expect(messages.map(({ status }) => status)).toEqual(["delivered", "delivered"]);
  });

  it("are retried with the same id until delivered, without blocking others", async () => {
    let failures = 0;
    const { url, received } = await startReceiver(({ body }) => {
      const fails = body.includes("first@b.co") && failures < 3;
      if (fails) failures += 1;
      return fails ? ([500, 302, 400][failures - 1] ?? 500) : 204;
    });
    const { control } = await startClerk({ webhookUrl: url });
    const first = await control.createUser({ emailAddresses: ["first@b.co"] });
    const second = await control.createUser({ emailAddresses: ["second@b.co"] });
    await control.waitForIdle({ retries: true });

    const [message] = await control.listWebhookMessages({ subjectId: first.id });
    expect(message).toMatchObject({ status: "delivered", attempts: 4, nextAttemptAt: null });
    const attempts = await control.listWebhookAttempts(message?.id ?? "");
    expect(attempts.map(({ status }) => status)).toEqual([500, 302, 400, 204]);
    expect(attempts[3]).toMatchObject({
      requestHeaders: { "svix-id": message?.id },
      requestBody: message?.payload,
    });
    expect(new Set(received.map(({ id }) => id)).size).toBe(2);
    expect(await control.listWebhookMessages({ subjectId: second.id })).toMatchObject([
      { status: "delivered", attempts: 1 },
    ]);
  });

  it("are abandoned after eight attempts, like at Svix", async () => {
    const { url, received } = await startReceiver(() => 503);
    const { control } = await startClerk({ webhookUrl: url });
    await control.createUser({ emailAddresses: ["a@b.co"] });
    await control.waitForIdle({ retries: true });
    expect(await control.listWebhookMessages()).toMatchObject([
      { status: "exhausted", attempts: 8 },
    ]);
    expect(received).toHaveLength(8);
  });

  it("stay pending while the app is down, and record the error", async () => {
    const { url, received } = await startReceiver();
    const clerk = await startClerk({ webhookUrl: "http://127.0.0.1:9/", retryDelayScale: 1 });
    await clerk.control.createUser({ emailAddresses: ["a@b.co"] });
    await clerk.control.waitForIdle();
    const [message] = await clerk.control.listWebhookMessages();
    expect(message).toMatchObject({ status: "pending", attempts: 1 });
    const [attempt] = await clerk.control.listWebhookAttempts(message?.id ?? "");
    expect(attempt).toMatchObject({ status: null, error: expect.stringMatching(/./) });
    clerk.setWebhookUrl(url);
    await clerk.control.redeliver(message?.id ?? "");
    await clerk.control.waitForIdle();
    expect(received.map(({ id }) => id)).toEqual([message?.id]);
  });

  it("can be held and released in order", async () => {
    const { url, received } = await startReceiver();
    const { control } = await startClerk({ webhookUrl: url });
    await control.hold();
    const user = await control.createUser({ emailAddresses: ["a@b.co"] });
    await control.updateUser(user.id, { firstName: "Ada" });
    await control.waitForIdle();
    expect(received).toEqual([]);
    await control.release();
    await control.waitForIdle();
    expect(types(received)).toEqual(["user.created", "user.updated"]);
  });

  it("can be redelivered with the same id and a new timestamp", async () => {
    const { url, received } = await startReceiver();
    let now = Date.now();
    const { control } = await startClerk({ webhookUrl: url, clock: { now: () => now } });
    await control.createUser({ emailAddresses: ["a@b.co"] });
    await control.waitForIdle();
    now += 60_000;
    await control.redeliver(received[0]?.id ?? "");
    await control.waitForIdle();
    const [first, second] = received;
    expect(second).toMatchObject({ id: first?.id, body: first?.body });
    expect(second?.headers["svix-timestamp"]).not.toBe(first?.headers["svix-timestamp"]);
  });

  it("have one signature per active secret", async () => {
    const { url, received } = await startReceiver();
    const { control } = await startClerk({ webhookUrl: url });
    const next = `whsec_${btoa("the-next-secret-of-24-bytes-or-more")}`;
    const secrets = [next, localClerkKeys.webhookSecret];
    await control.updateSettings({ webhooks: { secrets } });
    await control.createUser({ emailAddresses: ["a@b.co"] });
    await control.waitForIdle();
    const [message] = received;
    const { body = "", headers = {} } = message ?? {};
    expect(message?.headers["svix-signature"]?.split(" ")).toHaveLength(2);
    for (const secret of secrets) new Webhook(secret).verify(body, headers);
    expect(() => new Webhook(`whsec_${btoa("x".repeat(24))}`).verify(body, headers)).toThrow();
  });

  it("include the ends of sessions unless disabled", async () => {
    const { url, received } = await startReceiver();
    const { control } = await startClerk({ webhookUrl: url });
    const user = await control.createUser({ emailAddresses: ["a@b.co"] });
    const [first, second] = [
      await control.createSession({ userId: user.id }),
      await control.createSession({ userId: user.id }),
    ];
    await control.revokeSession(first.sessionId);
    await control.updateSettings({ webhooks: { sessionEvents: false } });
    await control.revokeSession(second.sessionId);
    await control.waitForIdle();
    expect(types(received)).toEqual(["user.created", "session.revoked"]);
    const event = JSON.parse(received.at(-1)?.body ?? "");
    expect(event.data).toMatchObject({ id: first.sessionId, user_id: user.id, status: "revoked" });
  });

  it("follow Svix's schedule, scaled", () => {
    const hours = retryDelays.map((delay) => delay / 3_600_000);
    expect(hours.slice(3)).toEqual([2, 5, 10, 10]);
    expect(retryDelay(1, 1)).toBe(5000);
    expect(retryDelay(2, 0.01)).toBe(3000);
    expect(retryDelay(8, 1)).toBeUndefined();
  });
});
