import Stripe from "stripe";
import { beforeEach, expect, test } from "vitest";
import { localStripeKeys } from "../stripe/environment.ts";
import { usePlatform } from "../support/fixtures.ts";

const nextSecret = "whsec_theNextSecretOfTheEndpointLongEnough";
const platform = await usePlatform(
  { STRIPE_WEBHOOK_SECRET: `${localStripeKeys.webhookSecret} ${nextSecret}` },
  { withStripe: true, withFaults: true },
);
beforeEach(() => platform.db.exec("delete from stripe_events"));

const event = (type: string, object: object = {}, livemode = false) =>
  JSON.stringify({ id: `evt_${type}`, type, livemode, data: { object } }, null, 2);

interface Post {
  body: string;
  secret?: string;
  /** Seconds ago. */
  age?: number;
  headers?: Record<string, string>;
  signed?: string;
}

/** Posts a body as Stripe does, signed with the local Stripe's secret by default. */
function post({ body, secret = localStripeKeys.webhookSecret, age = 0, headers, signed }: Post) {
  const signature = Stripe.webhooks.generateTestHeaderString({
    payload: signed ?? body,
    secret,
    timestamp: Math.floor(Date.now() / 1000) - age,
  });
  return fetch(`${platform.origin}/api/webhooks/stripe`, {
    method: "POST",
    headers: { "content-type": "application/json", "stripe-signature": signature, ...headers },
    body,
  });
}

const ledger = () => platform.db.prepare("select type, outcome, error from stripe_events").raw();

const ignored = event("charge.succeeded");

test.each([
  ["no signature", { body: ignored, headers: { "stripe-signature": "" } }, 400],
  ["a forged signature", { body: ignored, headers: { "stripe-signature": "t=1,v1=00" } }, 400],
  [
    "only a fake v0 signature",
    { body: ignored, headers: { "stripe-signature": "t=1,v0=00" } },
    400,
  ],
  ["another secret", { body: ignored, secret: "whsec_ofSomeOtherEndpoint" }, 400],
  ["a signature from six minutes ago", { body: ignored, age: 360 }, 400],
  [
    "a body that was serialized again",
    { body: JSON.stringify(JSON.parse(ignored)), signed: ignored },
    400,
  ],
  [
    "a body over 256 kB",
    { body: event("charge.succeeded", { text: "x".repeat(256 * 1024) }) },
    413,
  ],
] as const)("%s is refused and writes nothing", async (_, request, status) => {
  expect((await post(request)).status).toBe(status);
  expect(await ledger()).toEqual([]);
});

test("events of other types are recorded and ignored, also twice", async () => {
  expect(await (await post({ body: ignored })).json()).toEqual({ outcome: "ignored" });
  expect(await (await post({ body: ignored })).json()).toEqual({ outcome: "duplicate" });
  expect(await ledger()).toEqual([["charge.succeeded", "ignored", null]]);
});

test("either secret is accepted during a rotation", async () => {
  expect((await post({ body: ignored, secret: nextSecret })).status).toBe(200);
});

test.each(["checkout.session.completed", "charge.succeeded"])(
  "an event %s of the other mode is rejected and changes nothing",
  async (type) => {
    const body = event(type, { id: "cs_live_1" }, true);
    expect(await (await post({ body })).json()).toEqual({ outcome: "rejected" });
    expect(await ledger()).toEqual([[type, "rejected", "livemode: the other mode"]]);
  },
);

test("an event that D1 could not store is answered 503, and stored when it comes again", async () => {
  await platform.armFault({ step: 1, service: "D1", mode: "fails" });
  expect((await post({ body: ignored })).status).toBe(503);
  expect(await ledger()).toEqual([]);
  expect((await post({ body: ignored })).status).toBe(200);
});

test("an unreadable session is rejected with the names of its fields only", async () => {
  const body = event("checkout.session.completed", { id: "cs_1", status: "secret value" });
  expect((await post({ body })).status).toBe(200);
  const [row] = await ledger();
  expect(row?.slice(0, 2)).toEqual(["checkout.session.completed", "rejected"]);
  expect(JSON.stringify(row)).toContain("status: invalid_value");
  expect(JSON.stringify(row)).not.toContain("secret value");
});

test("text that is no event is rejected", async () => {
  expect(await (await post({ body: "[]" })).json()).toEqual({ outcome: "rejected" });
  expect(await ledger()).toEqual([]);
});

test("a session of another shop is kept as unmatched", async () => {
  const session = {
    id: "cs_test_other",
    metadata: { order: "not ours" },
    livemode: false,
    status: "complete",
    payment_status: "paid",
    amount_subtotal: 100,
    amount_total: 100,
    currency: "eur",
    total_details: null,
    payment_intent: null,
    url: null,
  };
  const body = event("checkout.session.completed", session);
  expect(await (await post({ body })).json()).toEqual({ outcome: "unmatched" });
  expect(await (await post({ body })).json()).toEqual({ outcome: "unmatched" });
});

test("the route takes only POST", async () => {
  expect((await fetch(`${platform.origin}/api/webhooks/stripe`)).status).toBe(405);
});
