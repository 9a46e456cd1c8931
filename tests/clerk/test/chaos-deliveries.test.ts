import { Webhook } from "svix";
import { describe, expect, it } from "vitest";
import type { ChaosPatch } from "../../local-service/chaos/settings.ts";
import { deferred } from "../../support/deferred.ts";
import { type Received, startReceiver } from "../../support/webhook-receiver.ts";
import { localClerkKeys } from "../environment.ts";
import { startClerk } from "./support.ts";

/** Queues one message per letter, applies the chaos settings and delivers the messages. */
async function deliver(letters: string, deliveries: ChaosPatch["deliveries"], seed = 7) {
  const { url, received } = await startReceiver(isGenuine);
  const clerk = await startClerk({ webhookUrl: url });
  const { control } = clerk;
  await control.hold();
  await control.updateChaos({ seed, deliveries });
  for (const letter of letters) {
    await control.createUser({ emailAddresses: [`${letter}@b.co`], firstName: letter });
  }
  await control.release();
  await control.waitForIdle({ retries: true });
  const messages = await control.listWebhookMessages();
  return { ...clerk, received, messages, order: received.map(letterOf).join("") };
}

const letterOf = ({ body }: Received) => /"first_name":"(\w)"/.exec(body)?.[1] ?? "?";

function isGenuine({ body, headers }: Received): number {
  try {
    new Webhook(localClerkKeys.webhookSecret).verify(body, headers);
    return 200;
  } catch {
    return 400;
  }
}

describe("delivery chaos", () => {
  it("drops the next messages until they are redelivered", async () => {
    const { control, messages, order, received } = await deliver("abc", { drop: { next: 2 } });
    expect(order).toBe("c");
    expect(messages.map(({ status }) => status)).toEqual(["delivered", "dropped", "dropped"]);
    expect(messages[1]).toMatchObject({ attempts: 0, nextAttemptAt: null });
    expect((await control.getChaos()).deliveries.drop.next).toBe(0);

    await control.updateChaos({ deliveries: { drop: { probability: 1 } } });
    await control.redeliver(messages[1]?.id ?? "");
    await control.waitForIdle();
    expect(received.map(letterOf)).toEqual(["c", "b"]);
  });

  it("sends copies with the same id", async () => {
    const { order, received, messages } = await deliver("ab", {
      duplicate: { next: 1, copies: 3 },
    });
    expect(order).toBe("aaaab");
    expect(new Set(received.map(({ id }) => id)).size).toBe(2);
    expect(messages.map(({ attempts }) => attempts)).toEqual([1, 4]);
  });

  it("sends messages and copies in parallel with a concurrency above 1", async () => {
    const all = deferred<number>();
    let arrived = 0;
    const { url, received } = await startReceiver(() => {
      arrived += 1;
      if (arrived === 4) all.resolve(200);
      return all.promise;
    });
    const { control } = await startClerk({ webhookUrl: url });
    await control.hold();
    const duplicate = { next: 1, copies: 1 };
    await control.updateChaos({ deliveries: { concurrency: 3, duplicate } });
    for (const n of [1, 2, 3]) await control.createUser({ emailAddresses: [`${n}@b.co`] });
    await control.release();
    await control.waitForIdle();
    expect(received).toHaveLength(4);
    const messages = await control.listWebhookMessages();
    const attempts = await control.listWebhookAttempts(messages[2]?.id ?? "");
    expect(attempts).toHaveLength(2);
    // The receiver responds only once all four arrived; in sequence, each would wait for a second.
    for (const { durationMs } of attempts) expect(durationMs).toBeLessThan(900);
  });

  it("delays messages, so that newer ones arrive first", async () => {
    const { order, messages, received } = await deliver("abc", { delay: { next: 1, ms: 80 } });
    expect(order).toBe("bca");
    expect(received).toHaveLength(3);
    expect(messages.every(({ status }) => status === "delivered")).toBe(true);
  });

  it("delays randomly, depending on the seed", async () => {
    const delay = { probability: 1, ms: 60_000, random: true };
    const due = async (seed: number) => {
      const { url } = await startReceiver();
      const now = 1_700_000_000_000;
      const { control } = await startClerk({ webhookUrl: url, clock: { now: () => now } });
      await control.updateChaos({ seed, deliveries: { delay } });
      for (const n of [1, 2]) await control.createUser({ emailAddresses: [`${n}@b.co`] });
      await control.waitForIdle();
      const messages = await control.listWebhookMessages();
      return messages.map(({ nextAttemptAt }) => (nextAttemptAt ?? 0) - now);
    };
    const first = await due(1);
    expect(first[0]).not.toBe(first[1]);
    for (const ms of first) expect(ms).toBeGreaterThan(0);
    for (const ms of first) expect(ms).toBeLessThanOrEqual(60_000);
    expect(await due(1)).toEqual(first);
    expect(await due(2)).not.toEqual(first);
  });

  it("sends an invalid signature first and a valid one on the retry", async () => {
    const { control, messages, received } = await deliver("ab", { badSignature: { next: 1 } });
    expect(received.map(isGenuine)).toEqual([400, 200, 200]);
    const attempts = await control.listWebhookAttempts(messages[1]?.id ?? "");
    expect(attempts.map(({ status }) => status)).toEqual([400, 200]);
    expect(attempts[0]?.requestBody).toBe(attempts[1]?.requestBody);
  });

  it("shuffles groups, depending on the seed, without losing messages", async () => {
    const reorder = { size: 4, holdMs: 30 };
    const { order } = await deliver("abcdefgh", { reorder });
    expect([...order].sort().join("")).toBe("abcdefgh");
    expect(order).not.toBe("abcdefgh");
    expect([...order.slice(0, 4)].sort().join("")).toBe("abcd");
    expect((await deliver("abcdefgh", { reorder })).order).toBe(order);
    expect((await deliver("abcdefgh", { reorder }, 8)).order).not.toBe(order);
  });

  it("waits for a complete group", async () => {
    const { url, received } = await startReceiver();
    const { control } = await startClerk({ webhookUrl: url });
    await control.updateChaos({ deliveries: { reorder: { size: 3, holdMs: 60_000 } } });
    for (const n of [1, 2]) await control.createUser({ emailAddresses: [`${n}@b.co`] });
    for (let n = 0; n < 20; n += 1) await control.listWebhookMessages();
    expect(received).toEqual([]);
    await control.createUser({ emailAddresses: ["3@b.co"] });
    await control.waitForIdle();
    expect(received).toHaveLength(3);
  });

  it("sends an incomplete group after the maximum wait", async () => {
    const { order } = await deliver("ab", { reorder: { size: 50, holdMs: 20 } });
    expect([...order].sort().join("")).toBe("ab");
  });

  it("affects messages with a probability, the same ones for the same seed", async () => {
    const letters = "abcdefghijklmnopqrst";
    const drop = { probability: 0.5 };
    const first = await deliver(letters, { drop });
    expect(first.order.length).toBeGreaterThan(3);
    expect(first.order.length).toBeLessThan(17);
    expect((await deliver(letters, { drop })).order).toBe(first.order);
    expect((await deliver(letters, { drop }, 8)).order).not.toBe(first.order);
  });

  it("sends delayed messages and restores the default settings when stopped", async () => {
    const { url, received } = await startReceiver();
    const { control } = await startClerk({ webhookUrl: url });
    const before = await control.getChaos();
    await control.updateChaos({ deliveries: { delay: { probability: 1, ms: 3_600_000 } } });
    await control.createUser({ emailAddresses: ["a@b.co"] });
    await control.waitForIdle();
    expect(received).toEqual([]);
    expect(await control.stopChaos()).toEqual(before);
    await control.waitForIdle();
    expect(received).toHaveLength(1);
  });
});
