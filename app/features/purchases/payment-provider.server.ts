import type { Price } from "~/features/courses/money";

interface Order extends Price {
  /** The purchase ID, which the provider uses as an idempotency key. */
  id: string;
  title: string;
}

interface Checkout {
  /** The provider's unique reference for the order. */
  reference: string;
  /** The payment page, or null if an admin confirms the payment by hand. */
  redirectUrl: string | null;
}

/** Moves money only; access changes when a purchase is settled (settle-purchase.server.ts). */
export interface PaymentProvider {
  name: string;
  /**
   * Starts the payment of an order. Idempotent.
   * @throws {ServiceUnavailableError} when the provider does not answer.
   */
  startPayment(order: Order): Promise<Checkout>;
  /**
   * Refunds an order. Idempotent.
   * @throws {ServiceUnavailableError} when the provider does not answer.
   */
  refund(order: { id: string; reference: string }): Promise<void>;
}

/** Crockford's base 32, easy to read and type: no letters that look like digits. */
const base32Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const referenceLength = 10;

/** Derives a stable reference from the random end of the order's UUIDv7. */
function paymentReference({ id }: Order): string {
  const tail = id.replaceAll("-", "").slice(-(referenceLength + 3));
  let rest = Number.parseInt(tail, 16);
  const digits = Array.from({ length: referenceLength }, () => {
    const digit = base32Digits[rest % base32Digits.length];
    rest = Math.floor(rest / base32Digits.length);
    return digit;
  });
  return `CP-${digits.join("")}`;
}

/** The buyer pays outside the site, quoting the reference; an admin records the payment. */
const payLaterProvider: PaymentProvider = {
  name: "pay-later",
  async startPayment(order) {
    return { reference: paymentReference(order), redirectUrl: null };
  },
  async refund() {},
};

/** The provider in use; replace it here. */
export const paymentProvider: PaymentProvider = payLaterProvider;
