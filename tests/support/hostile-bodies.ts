import fc from "fast-check";
import Stripe from "stripe";
import { Webhook } from "svix";
import { localClerkKeys } from "../clerk/environment.ts";
import { localStripeKeys } from "../stripe/environment.ts";
import { hostileText } from "./hostile-values.ts";
import type { ValidForm } from "./valid-forms.ts";

export interface HostileBody {
  path: string;
  method: string;
  /** The content type, or null for none. */
  type: string | null;
  body: Uint8Array | null;
  /** The headers that sign a webhook. */
  signature?: Record<string, string>;
}

const urlEncoded = "application/x-www-form-urlencoded";

/** Longer than the limit of any field. */
const longest = 60_000;
/** More than a form may have. Repeated again and again, they would need all memory. */
const mostFields = 1_000;
/** Small enough to be sent even if the worker does not read it. */
const maxBytes = 200_000;

const hostileNames = [
  "title[4294967294]",
  "title[5000000]",
  "title.x",
  "title[]",
  "intent[0]",
  "version[9999999].a[9999999]",
  "__proto__",
  "__proto__.x",
  "constructor.prototype.x",
  "__intent__",
  "__state__",
  "[4294967294]",
  "a".repeat(10_000),
  "[0]".repeat(5_000),
];

/** As many bytes as a form may have, of a character that is longer in HTML or JSON. */
export function giantForms(forms: readonly ValidForm[]): HostileBody[] {
  return forms.map(({ path, fields }, index) => {
    const names = Object.keys(fields);
    const name = names[index % names.length];
    const character = ['"', "<", "\0", "'"][index % 4] ?? "";
    const body = Buffer.from(`${name}=${character.repeat(990_000)}`);
    return { path, method: "POST", type: urlEncoded, body };
  });
}

type Field = [name: string, value: string];
type Change = (fields: readonly Field[]) => Field[];

/** The site's forms with fields changed, repeated, removed, renamed or added. */
export function hostileForms(forms: readonly ValidForm[]): fc.Arbitrary<HostileBody> {
  const index = fc.nat(10);
  const value = hostileText(longest);
  const name = fc.oneof(fc.constantFrom(...hostileNames), hostileText(100));
  const change: fc.Arbitrary<Change> = fc.oneof(
    { weight: 6, arbitrary: fc.tuple(index, value).map(([at, text]) => withValue(at, text)) },
    { weight: 1, arbitrary: fc.tuple(index, name).map(([at, text]) => withName(at, text)) },
    { weight: 1, arbitrary: fc.tuple(name, value).map(withField) },
    { weight: 1, arbitrary: index.map(withoutField) },
    { weight: 1, arbitrary: fc.integer({ min: 2, max: 300 }).map(repeated) },
  );
  return fc
    .record({
      form: fc.constantFrom(...forms),
      changes: fc.array(change, { minLength: 1, maxLength: 3 }),
      rest: fc.oneof(
        { weight: 8, arbitrary: fc.constant("") },
        { weight: 1, arbitrary: fc.constantFrom("&%", "&%E9=%E9", "&=", "&&&&", "&a=%00", "=") },
      ),
    })
    .map(({ form: { path, fields }, changes, rest }) => {
      const changed = changes.reduce<Field[]>(
        (current, apply) => apply(current),
        Object.entries(fields),
      );
      const body = Buffer.from(`${new URLSearchParams(changed)}${rest}`.slice(0, maxBytes));
      return { path, method: "POST", type: urlEncoded, body };
    });
}

const withValue =
  (at: number, value: string): Change =>
  (fields) =>
    fields.map(([name, old], index) => [name, index === at % fields.length ? value : old]);

const withName =
  (at: number, name: string): Change =>
  (fields) =>
    fields.map(([old, value], index) => [index === at % fields.length ? name : old, value]);

const withField =
  (field: Field): Change =>
  (fields) => [...fields, field];

const withoutField =
  (at: number): Change =>
  (fields) =>
    fields.toSpliced(at % fields.length, 1);

const repeated =
  (times: number): Change =>
  (fields) => {
    const short = fields.map(([name, value]): Field => [name, value.slice(0, 100)]);
    const all = Array.from({ length: times }, () => short.slice(0, mostFields)).flat();
    return all.slice(0, mostFields);
  };

const types = [
  urlEncoded,
  "multipart/form-data; boundary=b",
  "multipart/form-data",
  "application/json",
  "text/plain",
  "text/x-script; charset=\xff",
];
const part = '--b\r\nContent-Disposition: form-data; name="title"; filename="x"\r\n\r\nx\r\n';

/** Arbitrary bytes for any path, and signed or unsigned webhooks. */
export function hostilePayloads(paths: readonly string[]): fc.Arbitrary<HostileBody> {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.constantFrom(part, `${part}--b--`, "[".repeat(50_000), "{", '{"__proto__":1}').map(toBytes),
  );
  const posts = fc.record({
    path: fc.constantFrom(...paths, "/api/webhooks/clerk", "/api/webhooks/stripe"),
    method: fc.constantFrom("POST", "PUT", "PATCH", "DELETE"),
    type: fc.constantFrom(...types, null),
    body: bytes,
  });
  return fc.oneof(posts, signedWebhooks, signedStripeWebhooks);
}

const toBytes = (text: string): Uint8Array => Buffer.from(text);

const eventTypes = ["user.created", "user.updated", "user.deleted", "session.revoked", "x"];
const event = fc.record({
  type: fc.oneof(fc.constantFrom<unknown>(...eventTypes), fc.jsonValue()),
  data: fc.oneof(
    fc.jsonValue(),
    fc.record(
      {
        id: fc.oneof(hostileText(300), fc.jsonValue()),
        updated_at: fc.oneof(fc.double(), fc.jsonValue()),
        email_addresses: fc.jsonValue(),
        first_name: fc.oneof(hostileText(5_000), fc.jsonValue()),
        public_metadata: fc.jsonValue(),
        image_url: fc.oneof(hostileText(300), fc.jsonValue()),
      },
      { requiredKeys: [] },
    ),
  ),
  instance_id: fc.oneof(fc.constant("ins_local"), fc.jsonValue()),
});
const nested = fc.constantFrom("[", '{"a":').map((open) => open.repeat(20_000));

/** Clerk's webhooks, correctly signed, with arbitrary content. */
const signedWebhooks: fc.Arbitrary<HostileBody> = fc
  .tuple(
    fc.uuid(),
    fc.oneof(
      event.map((value) => JSON.stringify(value)),
      nested,
    ),
  )
  .map(([id, body]) => {
    const at = new Date();
    return {
      path: "/api/webhooks/clerk",
      method: "POST",
      type: "application/json",
      body: toBytes(body),
      signature: {
        "svix-id": id,
        "svix-timestamp": `${Math.floor(at.getTime() / 1000)}`,
        "svix-signature": new Webhook(localClerkKeys.webhookSecret).sign(id, at, body),
      },
    };
  });

const stripeTypes = [
  ...["checkout.session.completed", "checkout.session.expired", "charge.refunded"],
  ...["refund.created", "refund.failed", "charge.dispute.created", "charge.dispute.closed", "x"],
];
const stripeObject = fc.record(
  {
    id: fc.oneof(hostileText(300), fc.jsonValue()),
    object: hostileText(30),
    status: fc.oneof(fc.constantFrom("complete", "open", "succeeded", "lost"), fc.jsonValue()),
    payment_status: fc.oneof(fc.constantFrom("paid", "unpaid"), fc.jsonValue()),
    payment_intent: fc.oneof(hostileText(300), fc.jsonValue()),
    client_reference_id: fc.oneof(hostileText(300), fc.jsonValue()),
    amount: fc.oneof(fc.double(), fc.jsonValue()),
    amount_total: fc.oneof(fc.integer(), fc.jsonValue()),
    amount_refunded: fc.oneof(fc.integer(), fc.jsonValue()),
    currency: fc.oneof(fc.constantFrom("eur", "EUR"), fc.jsonValue()),
    created: fc.oneof(fc.integer(), fc.jsonValue()),
    reason: fc.oneof(hostileText(300), fc.jsonValue()),
    metadata: fc.jsonValue(),
    charge: fc.jsonValue(),
    refunds: fc.jsonValue(),
  },
  { requiredKeys: ["id"] },
);
const stripeEvent = fc.record({
  id: fc.oneof({ weight: 4, arbitrary: fc.uuid() }, hostileText(300), fc.jsonValue()),
  type: fc.oneof(fc.constantFrom<unknown>(...stripeTypes), fc.jsonValue()),
  livemode: fc.constant(false),
  data: fc.oneof(fc.jsonValue(), fc.record({ object: fc.oneof(stripeObject, fc.jsonValue()) })),
});

const signedStripeWebhooks: fc.Arbitrary<HostileBody> = fc
  .oneof(
    stripeEvent.map((value) => JSON.stringify(value)),
    nested,
  )
  .map((payload) => ({
    path: "/api/webhooks/stripe",
    method: "POST",
    type: "application/json",
    body: toBytes(payload),
    signature: {
      "stripe-signature": Stripe.webhooks.generateTestHeaderString({
        payload,
        secret: localStripeKeys.webhookSecret,
      }),
    },
  }));
