import { StripeError } from "../wire/errors.ts";
import { formatMoney } from "./money.ts";

/** Stripe's minimum charges in minor units; other currencies have the equivalent of 0.50 USD. */
const minimumAmounts = new Map(
  Object.entries({
    usd: 50,
    aed: 200,
    aud: 50,
    brl: 50,
    cad: 50,
    chf: 50,
    czk: 1500,
    dkk: 250,
    eur: 50,
    gbp: 30,
    hkd: 400,
    huf: 17_500,
    inr: 50,
    jpy: 50,
    mxn: 1000,
    myr: 200,
    nok: 300,
    nzd: 50,
    pln: 200,
    ron: 200,
    sek: 300,
    sgd: 50,
    thb: 1000,
  }),
);

/** @throws {StripeError} `amount_too_small` */
export function assertLargeEnough(amount: number, currency: string): void {
  const minimum = minimumAmounts.get(currency) ?? 50;
  if (amount >= minimum) return;
  const text = `${formatMoney(minimum, currency)} ${currency}`;
  const message = `The Checkout Session's total amount due must add up to at least ${text}`;
  throw new StripeError(400, message, { code: "amount_too_small" });
}
