import type { Price } from "../courses/money";

/** What somebody is about to buy. */
export interface Order extends Price {
  /** Our id of the purchase; a provider that is asked twice for one order answers the same. */
  id: string;
  title: string;
}

export interface Checkout {
  /** What the provider calls the order; unique among all it ever gave. */
  reference: string;
  /** Where the person pays; null where they wait, and an admin notes that the money has come. */
  redirectUrl: string | null;
}

/** Whoever moves the money. What becomes of access is not theirs to decide: settling a purchase is (settle.server.ts). */
export interface PaymentProvider {
  name: string;
  /** @throws {ServiceUnavailableError} when the provider does not answer. */
  begin(order: Order): Promise<Checkout>;
  /** Sends the money back. @throws {ServiceUnavailableError} when the provider does not answer. */
  refund(reference: string): Promise<void>;
}

/** Read aloud and typed into a bank's form: without the letters that look like digits (Crockford's base 32). */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/**
 * Nobody's service: the person pays by other means, naming the reference, and an admin notes it. Money goes back the same way, so
 * there is nothing to ask of anybody.
 */
const payLater: PaymentProvider = {
  name: "pay-later",
  async begin() {
    const digits = [...crypto.getRandomValues(new Uint8Array(10))].map(
      (byte) => alphabet[byte % 32],
    );
    return { reference: `CP-${digits.join("")}`, redirectUrl: null };
  },
  async refund() {},
};

/** The provider in use: another one is put here, and nothing else changes. */
export const paymentProvider: PaymentProvider = payLater;
