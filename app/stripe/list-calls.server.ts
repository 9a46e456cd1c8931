import type Stripe from "stripe";
import { type CheckoutSession, checkoutSessionSchema } from "./checkout-session.server";
import { disputeSchema, type StripeDispute } from "./dispute.server";
import { refundSchema, type StripeRefund } from "./refund.server";
import type { CallStripe } from "./stripe-client.server";
import { handledEventTypes, readStripeEvent, type StripeEvent } from "./stripe-event.server";

interface Position {
  /** Milliseconds since the epoch. */
  since: number;
  /** The last object of the page before; empty for the first page. */
  after: string;
}

interface ListPage<Item> {
  /** Objects that cannot be read belong to another product of the account. */
  items: Item[];
  /** Null after the last page. */
  next: string | null;
}

/** What Stripe has since a time, newest first, page by page. */
export interface ListCalls {
  listPaidSessions(position: Position): Promise<ListPage<CheckoutSession>>;
  listRefunds(position: Position): Promise<ListPage<StripeRefund>>;
  listDisputes(position: Position): Promise<ListPage<StripeDispute>>;
  /** Events whose webhooks did not arrive. */
  listUndelivered(position: Position): Promise<ListPage<StripeEvent>>;
}

/** Each object may cost a batch of D1. */
const pageLength = 20;

export function createListCalls(call: CallStripe): ListCalls {
  const list = <Item>(
    position: Position,
    fetchPage: (stripe: Stripe, page: PageParameters) => Promise<StripeList>,
    read: (value: unknown) => Item | null | undefined,
  ) => call(async (stripe) => toPage(await fetchPage(stripe, parametersOf(position)), read));
  return {
    listPaidSessions: (position) =>
      list(
        position,
        (stripe, page) =>
          stripe.checkout.sessions.list({
            ...page,
            status: "complete",
            expand: ["data.payment_intent.latest_charge"],
          }),
        (value) => checkoutSessionSchema.safeParse(value).data,
      ).then(({ items, next }) => ({
        items: items.filter(({ paymentStatus }) => paymentStatus !== "unpaid"),
        next,
      })),
    listRefunds: (position) =>
      list(
        position,
        (stripe, page) => stripe.refunds.list(page),
        (value) => refundSchema.safeParse(value).data,
      ),
    listDisputes: (position) =>
      list(
        position,
        (stripe, page) => stripe.disputes.list(page),
        (value) => disputeSchema.safeParse(value).data,
      ),
    listUndelivered: (position) =>
      list(
        position,
        (stripe, page) =>
          stripe.events.list({ ...page, delivery_success: false, types: handledEventTypes }),
        (value) => readStripeEvent(value, livemodeOf(value)),
      ),
  };
}

interface StripeList {
  data: { id: string }[];
  has_more: boolean;
}

type PageParameters = ReturnType<typeof parametersOf>;

const parametersOf = ({ since, after }: Position) => ({
  limit: pageLength,
  created: { gte: Math.floor(since / 1000) },
  ...(after === "" ? {} : { starting_after: after }),
});

function toPage<Item>(
  { data, has_more }: StripeList,
  read: (value: unknown) => Item | null | undefined,
): ListPage<Item> {
  const items = data.map(read).filter((item) => item !== null && item !== undefined);
  return { items, next: has_more ? (data.at(-1)?.id ?? null) : null };
}

/** A key lists only the events of its own mode. */
const livemodeOf = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "livemode" in value && value.livemode === true;
