import type { Failure, PaymentMethod } from "../state/payments.ts";
import type { Session } from "../state/sessions.ts";

const bankDebits = {
  eur: "sepa_debit",
  usd: "us_bank_account",
  gbp: "bacs_debit",
} as const;

type BankDebit = (typeof bankDebits)[keyof typeof bankDebits];

/** The kind of bank debit for a currency, if there is one. */
export function bankDebitOf(currency: string): BankDebit[] {
  const type = new Map<string, BankDebit>(Object.entries(bankDebits)).get(currency);
  return type === undefined ? [] : [type];
}

/** The choices of the hosted page; the numbers are Stripe's test numbers. */
export const payMethods = {
  card: { label: "Card that succeeds", number: "4242 4242 4242 4242" },
  card_declined: { label: "Card that is declined", number: "4000 0000 0000 0002" },
  card_confirmed: { label: "Card that needs confirmation", number: "4000 0025 0000 3155" },
  card_refund_pending: { label: "Card whose refund is pending", number: "4000 0000 0000 7726" },
  card_refund_failing: { label: "Card whose refund fails later", number: "4000 0000 0000 5126" },
  card_disputed: { label: "Card whose owner disputes it", number: "4000 0000 0000 0259" },
  bank_debit: { label: "Bank debit, pays later", number: "AT32 1904 3002 3547 3204" },
  bank_debit_failing: { label: "Bank debit, fails later", number: "AT86 1904 3002 3547 3202" },
} as const;

export const payMethodNames = [
  "card",
  "card_declined",
  "card_confirmed",
  "card_refund_pending",
  "card_refund_failing",
  "card_disputed",
  "bank_debit",
  "bank_debit_failing",
] as const satisfies (keyof typeof payMethods)[];

export type PayMethod = keyof typeof payMethods;

export const isBankDebit = (method: PayMethod) => method.startsWith("bank_debit");

/** The choices that the session allows. */
export function allowedMethods({ paymentMethodTypes, currency }: Session): PayMethod[] {
  const hasDebit = bankDebitOf(currency).some((type) => paymentMethodTypes.includes(type));
  return payMethodNames.filter((method) =>
    isBankDebit(method) ? hasDebit : paymentMethodTypes.includes("card"),
  );
}

export function toPaymentMethod(method: PayMethod, currency: string): PaymentMethod {
  const last4 = payMethods[method].number.slice(-4);
  const [debit] = bankDebitOf(currency);
  if (!isBankDebit(method) || debit === undefined) return { type: "card", brand: "visa", last4 };
  return { type: debit, last4 };
}

export const cardDeclined: Failure = {
  code: "card_declined",
  declineCode: "generic_decline",
  message: "Your card was declined.",
};

export const notConfirmed: Failure = {
  code: "payment_intent_authentication_failure",
  declineCode: null,
  message:
    "We are unable to authenticate your payment method. Please choose a different payment method and try again.",
};

export const debitFailed: Failure = {
  code: "debit_not_authorized",
  declineCode: null,
  message: "The bank refused the debit.",
};

/** How a refund to this method starts, and what happens to it later. */
export function refundCourseOf({ type, last4 }: PaymentMethod): {
  status: "pending" | "succeeded";
  later: "succeeded" | "failed" | null;
} {
  if (type !== "card" || last4 === "7726") return { status: "pending", later: "succeeded" };
  return { status: "succeeded", later: last4 === "5126" ? "failed" : null };
}
