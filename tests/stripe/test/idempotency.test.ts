import { describe, expect, it } from "vitest";
import { z } from "zod";
import { localStripeKeys, localStripeLiveKeys } from "../environment.ts";
import { courseSession, errorOf, startStripe } from "./support.ts";

const options = { idempotencyKey: "order-1 attempt-1" };
const day = 24 * 60 * 60 * 1000;

async function countSessions({ stripe }: Awaited<ReturnType<typeof startStripe>>) {
  return (await stripe.checkout.sessions.list({ limit: 100 })).data.length;
}

describe("an idempotency key", () => {
  it("replays the first response", async () => {
    const local = await startStripe();
    const { stripe } = local;
    const first = await stripe.checkout.sessions.create(courseSession, options);
    await stripe.checkout.sessions.expire(first.id);
    const second = await stripe.checkout.sessions.create(courseSession, options);
    expect(second).toEqual(first);
    expect(second.status).toBe("open");
    expect(second.lastResponse.headers).toMatchObject({
      "idempotent-replayed": "true",
      "idempotency-key": options.idempotencyKey,
      "original-request": first.lastResponse.requestId,
    });
    expect(await countSessions(local)).toBe(1);
  });

  it("refuses other parameters and another endpoint", async () => {
    const local = await startStripe();
    const { stripe } = local;
    const { id } = await stripe.checkout.sessions.create(courseSession, options);
    const other = { ...courseSession, client_reference_id: "order-2" };
    expect(await errorOf(stripe.checkout.sessions.create(other, options))).toMatchObject({
      statusCode: 400,
      type: "StripeIdempotencyError",
      message: expect.stringContaining("same parameters they were first used with"),
    });
    expect(await errorOf(stripe.checkout.sessions.expire(id, {}, options))).toMatchObject({
      type: "StripeIdempotencyError",
      message: expect.stringContaining("same endpoint"),
    });
    expect(await countSessions(local)).toBe(1);
  });

  it("accepts the same parameters in another order", async () => {
    const local = await startStripe();
    const { mode, ...rest } = courseSession;
    const first = await local.stripe.checkout.sessions.create({ mode, ...rest }, options);
    const second = await local.stripe.checkout.sessions.create({ ...rest, mode }, options);
    expect(second.id).toBe(first.id);
  });

  it.each([false, true])("replays an internal error (took effect: %s)", async (acts) => {
    const local = await startStripe();
    const { stripe, control } = local;
    await control.failApi({ kind: "internal_error", acts });
    for (const _ of [1, 2]) {
      expect(await errorOf(stripe.checkout.sessions.create(courseSession, options))).toMatchObject({
        statusCode: 500,
        type: "StripeAPIError",
      });
    }
    expect(await countSessions(local)).toBe(acts ? 1 : 0);
    const next = { idempotencyKey: "order-1 attempt-2" };
    expect((await stripe.checkout.sessions.create(courseSession, next)).status).toBe("open");
  });

  it("replays an error of the endpoint", async () => {
    const { stripe } = await startStripe();
    const { id } = await stripe.checkout.sessions.create(courseSession);
    await stripe.checkout.sessions.expire(id);
    const expire = () => errorOf(stripe.checkout.sessions.expire(id, {}, options));
    expect((await expire()).headers?.["idempotent-replayed"]).toBeUndefined();
    expect((await expire()).headers?.["idempotent-replayed"]).toBe("true");
  });

  it("stores nothing if the endpoint did not run", async () => {
    const { stripe, control, post } = await startStripe();
    const headers = { "idempotency-key": options.idempotencyKey };
    expect((await post("/checkout/sessions", "foo=1", headers)).status).toBe(400);
    await control.failApi({ kind: "rate_limited" });
    await control.failApi({ kind: "unavailable" });
    for (const statusCode of [429, 503]) {
      const refused = errorOf(stripe.checkout.sessions.create(courseSession, options));
      expect((await refused).statusCode).toBe(statusCode);
    }
    expect((await stripe.checkout.sessions.create(courseSession, options)).status).toBe("open");
  });

  it("stores a response that was lost", async () => {
    const local = await startStripe();
    const { stripe, control } = local;
    await control.failApi({ kind: "unavailable", acts: true });
    await errorOf(stripe.checkout.sessions.create(courseSession, options));
    const session = await stripe.checkout.sessions.create(courseSession, options);
    expect(session.lastResponse.headers["idempotent-replayed"]).toBe("true");
    expect(await countSessions(local)).toBe(1);
  });

  it("makes the official client's own retry after a closed connection safe", async () => {
    const local = await startStripe();
    await local.control.failApi({ kind: "cut_connection", acts: true });
    const session = await local.stripe.checkout.sessions.create(courseSession);
    expect(session.lastResponse.headers["idempotent-replayed"]).toBe("true");
    expect(await countSessions(local)).toBe(1);
  });

  it("refuses concurrent use", async () => {
    const local = await startStripe();
    const { stripe, control } = local;
    await control.failApi({ kind: "slow_answer", acts: true, delayMs: 600_000 });
    const abandoned = errorOf(
      stripe.checkout.sessions.create(courseSession, { ...options, timeout: 200 }),
    );
    await expect.poll(() => countSessions(local)).toBe(1);
    expect(await errorOf(stripe.checkout.sessions.create(courseSession, options))).toMatchObject({
      statusCode: 409,
      code: "idempotency_key_in_use",
    });
    expect((await abandoned).type).toBe("StripeConnectionError");
    await expect
      .poll(async () => (await stripe.checkout.sessions.create(courseSession, options)).status)
      .toBe("open");
    expect(await countSessions(local)).toBe(1);
  });

  it("is forgotten after 24 hours, and belongs to one mode", async () => {
    const local = await startStripe();
    const { stripe, clientFor, control } = local;
    const first = await stripe.checkout.sessions.create(courseSession, options);
    const live = clientFor(localStripeLiveKeys.secretKey);
    expect((await live.checkout.sessions.create(courseSession, options)).livemode).toBe(true);
    await control.shiftClock(day - 60_000);
    expect((await stripe.checkout.sessions.create(courseSession, options)).id).toBe(first.id);
    await control.shiftClock(day + 60_000);
    expect((await stripe.checkout.sessions.create(courseSession, options)).id).not.toBe(first.id);
  });

  it("has at most 255 characters and no effect on a GET", async () => {
    const { stripe, origin } = await startStripe();
    const tooLong = { idempotencyKey: "x".repeat(256) };
    expect((await errorOf(stripe.checkout.sessions.create(courseSession, tooLong))).type).toBe(
      "StripeIdempotencyError",
    );
    const response = await fetch(`${origin}/v1/events`, {
      headers: {
        authorization: `Bearer ${localStripeKeys.secretKey}`,
        "idempotency-key": "a",
      },
    });
    expect(z.object({ data: z.array(z.unknown()) }).parse(await response.json()).data).toEqual([]);
    expect(response.headers.get("idempotency-key")).toBeNull();
  });
});
