import type { Price } from "~/features/courses/money";

/** What somebody is about to buy. */
interface Order extends Price {
  /** Our id of the purchase; a provider that is asked twice for one order answers the same. */
  id: string;
  title: string;
}

interface Checkout {
  /** What the provider calls the order; unique among all it ever gave. */
  reference: string;
  /** Where the person pays; null where they wait, and an admin notes that the money has come. */
  redirectUrl: string | null;
}

/** Whoever moves the money. What becomes of access is not theirs to decide: settling a purchase is (settle-purchase.server.ts). */
export interface PaymentProvider {
  name: string;
  /**
   * Begins the payment of an order; asked again for the same order, it is the same payment.
   * @throws {ServiceUnavailableError} when the provider does not answer.
   */
  startPayment(order: Order): Promise<Checkout>;
  /**
   * Sends the money back; asked again for the same order, it sends nothing more.
   * @throws {ServiceUnavailableError} when the provider does not answer.
   */
  refund(order: { id: string; reference: string }): Promise<void>;
}

/** Read aloud and typed into a bank's form: without the letters that look like digits (Crockford's base 32). */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const referenceLength = 10;

/** Ten characters of the random end of our id, a UUIDv7: the same for the same order. */
function paymentReference({ id }: Order): string {
  const tail = id.replaceAll("-", "").slice(-(referenceLength + 3));
  let rest = Number.parseInt(tail, 16);
  const digits = Array.from({ length: referenceLength }, () => {
    const digit = alphabet[rest % alphabet.length];
    rest = Math.floor(rest / alphabet.length);
    return digit;
  });
  return `CP-${digits.join("")}`;
}

/**
 * Nobody's service: the person pays by other means, naming the reference, and an admin notes it. Money goes back the same way, so
 * there is nothing to ask of anybody.
 */
const payLaterProvider: PaymentProvider = {
  name: "pay-later",
  async startPayment(order) {
    return { reference: paymentReference(order), redirectUrl: null };
  },
  async refund() {},
};

/** The provider in use: another one is put here, and nothing else changes. */
export const paymentProvider: PaymentProvider = payLaterProvider;
