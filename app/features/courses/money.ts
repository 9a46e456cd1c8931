import type { Currency } from "~/db/enums";

export interface Price {
  /** In the smallest unit of the currency, such as cents, pence or yen. */
  priceMinor: number;
  currency: Currency;
}

const maxPriceMinor = 99_999_999;

/** Stripe's minimums (https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts). */
const minPriceMinor: Record<Currency, number> = { EUR: 50, USD: 50, GBP: 30, CHF: 50, JPY: 50 };

export const formatMinPrice = (currency: Currency): string =>
  formatPrice({ priceMinor: minPriceMinor[currency], currency });

/** The number of decimals of a currency (ISO 4217). */
function minorDigits(currency: Currency): number {
  const format = new Intl.NumberFormat("en", { style: "currency", currency });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}

/** "€29.00", "¥2,900", "Free". */
export const formatPrice = (price: Price): string =>
  price.priceMinor === 0 ? "Free" : formatAmount(price.priceMinor, price.currency);

/** "€29.00", "€0.00". */
export function formatAmount(minor: number, currency: Currency): string {
  const amount = minor / 10 ** minorDigits(currency);
  return new Intl.NumberFormat("en", { style: "currency", currency }).format(amount);
}

/** The value for a form field: "29.00", "2900". */
export function formatPriceInput({ priceMinor, currency }: Price): string {
  const digits = minorDigits(currency);
  const text = `${priceMinor}`.padStart(digits + 1, "0");
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/**
 * Parses a typed amount into minor units; null if invalid. Works on digits, because in floating
 * point `19.99 * 100` is not 1999.
 */
export function parseAmount(text: string, currency: Currency): number | null {
  const digits = minorDigits(currency);
  const match = /^(\d{1,9})(?:[.,](\d+))?$/.exec(text.trim());
  const [, whole = "", fraction = ""] = match ?? [];
  if (!match || fraction.length > digits) return null;
  const minor = Number(whole + fraction.padEnd(digits, "0"));
  return minor <= maxPriceMinor ? minor : null;
}

/** Null if invalid or not payable. */
export function parsePrice(text: string, currency: Currency): number | null {
  const minor = parseAmount(text, currency);
  return minor === null || (minor > 0 && minor < minPriceMinor[currency]) ? null : minor;
}
