import type { NewSession } from "../api/new-session.ts";
import type { Instance } from "../instance.ts";
import { newId, newSessionId } from "../state/identifiers.ts";
import { type LineItem, type Session, sessions } from "../state/sessions.ts";
import { StripeError } from "../wire/errors.ts";
import { expiryRange } from "../wire/session-json.ts";
import { assertLargeEnough } from "./minimum-amounts.ts";
import { bankDebitOf } from "./payment-methods.ts";

/** @throws {StripeError} if the total is too small, currencies differ or the expiry is invalid. */
export function createSession(
  instance: Instance,
  parameters: NewSession,
  livemode: boolean,
): Session {
  const created = Math.floor(instance.clock.now() / 1000);
  const currency = currencyOf(parameters);
  const taxPercent = parameters.automatic_tax?.enabled ? instance.settings().tax.percent : 0;
  const lineItems = parameters.line_items.map((item) => toLineItem(item, taxPercent));
  assertLargeEnough(
    lineItems.reduce((total, { amountTotal }) => total + amountTotal, 0),
    currency,
  );
  const { payment_intent_data } = parameters;
  return sessions.save(instance.db, {
    id: newSessionId(livemode),
    livemode,
    created,
    expiresAt: expiryOf(parameters, created),
    status: "open",
    paymentStatus: "unpaid",
    currency,
    lineItems,
    automaticTax: parameters.automatic_tax?.enabled ?? false,
    adaptivePricing: parameters.adaptive_pricing?.enabled ?? true,
    clientReferenceId: parameters.client_reference_id ?? null,
    customerEmail: parameters.customer_email ?? null,
    payerEmail: null,
    metadata: parameters.metadata,
    allowedPaymentMethodTypes: parameters.allowed_payment_method_types ?? null,
    paymentMethodTypes: methodTypesOf(parameters, currency),
    paymentIntentData: {
      description: payment_intent_data.description ?? null,
      receiptEmail: payment_intent_data.receipt_email ?? null,
      metadata: payment_intent_data.metadata ?? {},
    },
    paymentIntentId: null,
    locale: parameters.locale ?? null,
    submitType: parameters.submit_type ?? null,
    successUrl: parameters.success_url,
    cancelUrl: parameters.cancel_url ?? null,
  });
}

function toLineItem(
  { price_data, quantity }: NewSession["line_items"][number],
  taxPercent: number,
): LineItem {
  const { tax_behavior, unit_amount } = price_data;
  const amountSubtotal = unit_amount * quantity;
  const inclusive = tax_behavior === "inclusive";
  const amountTax = Math.round(
    (amountSubtotal * taxPercent) / (inclusive ? 100 + taxPercent : 100),
  );
  return {
    id: newId("li"),
    priceId: newId("price"),
    productId: newId("prod"),
    name: price_data.product_data.name,
    quantity,
    unitAmount: unit_amount,
    taxBehavior: tax_behavior,
    amountSubtotal,
    amountTax,
    amountTotal: amountSubtotal + (inclusive ? 0 : amountTax),
  };
}

/** The allowed types filter those that the account offers for the currency. */
function methodTypesOf(
  { allowed_payment_method_types: allowed }: NewSession,
  currency: string,
): string[] {
  const offered = ["card" as const, ...bankDebitOf(currency)];
  const types = offered.filter((type) => allowed === undefined || allowed.includes(type));
  if (types.length > 0) return types;
  throw new StripeError(400, "No valid payment method types for this Checkout Session.", {
    param: "allowed_payment_method_types",
  });
}

function currencyOf({ line_items }: NewSession): string {
  const currencies = new Set(line_items.map(({ price_data }) => price_data.currency));
  const [currency] = currencies;
  if (currency !== undefined && currencies.size === 1) return currency;
  throw new StripeError(400, "All line items must have the same currency.", {
    param: "line_items",
  });
}

function expiryOf({ expires_at }: NewSession, created: number): number {
  const { least, most } = expiryRange;
  if (expires_at === undefined) return created + most;
  if (expires_at < created + least) throw invalidExpiry("at least 30 minutes from");
  if (expires_at > created + most) throw invalidExpiry("less than 24 hours from");
  return expires_at;
}

/** Current API versions name no parameter here. */
const invalidExpiry = (range: string) =>
  new StripeError(400, `The \`expires_at\` timestamp must be ${range} Checkout Session creation.`);
