import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { startReceiver } from "../../support/webhook-receiver.ts";
import { courseSession, startStripe } from "./support.ts";

function temporaryState(): string {
  const folder = mkdtempSync(join(tmpdir(), "local-stripe-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, "state.sqlite");
}

const options = { idempotencyKey: "order-1 attempt-1" };

describe("a restart", () => {
  it("keeps sessions, payments, idempotency keys and settings", async () => {
    const statePath = temporaryState();
    const before = await startStripe({ statePath });
    await before.control.updateSettings({ tax: { percent: 7 } });
    const created = await before.stripe.checkout.sessions.create(courseSession, options);
    await before.control.pay(created.id);
    await before.close();

    const after = await startStripe({ statePath });
    expect(await after.stripe.checkout.sessions.retrieve(created.id)).toMatchObject({
      status: "complete",
      payment_status: "paid",
    });
    const replayed = await after.stripe.checkout.sessions.create(courseSession, options);
    expect(replayed).toMatchObject({ id: created.id, status: "open" });
    expect((await after.control.getSettings()).tax.percent).toBe(7);
  });

  it("resumes undelivered webhooks", async () => {
    const statePath = temporaryState();
    const before = await startStripe({ statePath, webhookUrl: "http://127.0.0.1:9/" });
    await before.control.hold();
    const { id } = await before.stripe.checkout.sessions.create(courseSession);
    await before.control.pay(id);
    await before.close();

    const { url, received } = await startReceiver();
    const after = await startStripe({ statePath, webhookUrl: url });
    await after.control.release();
    await after.control.waitForIdle();
    expect(received.map(({ body }) => JSON.parse(body).type)).toEqual([
      "payment_intent.created",
      "charge.succeeded",
      "payment_intent.succeeded",
      "checkout.session.completed",
    ]);
  });

  it("expires sessions whose time came meanwhile", async () => {
    const statePath = temporaryState();
    let now = Date.now();
    const clock = { now: () => now };
    const before = await startStripe({ statePath, clock });
    const { id } = await before.stripe.checkout.sessions.create(courseSession);
    await before.close();
    now += 25 * 60 * 60 * 1000;
    const after = await startStripe({ statePath, clock });
    expect((await after.stripe.checkout.sessions.retrieve(id)).status).toBe("expired");
  });
});

describe("a taken port", () => {
  it("causes a clear error", async () => {
    const { origin } = await startStripe();
    const port = Number(new URL(origin).port);
    await expect(startStripe({ port })).rejects.toMatchObject({
      code: "EADDRINUSE",
      message: expect.stringContaining("The local Stripe cannot listen"),
    });
  });
});
