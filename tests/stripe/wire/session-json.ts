import type Stripe from "stripe";
import type { Instance } from "../instance.ts";
import { type LineItem, type Session, totalsOf } from "../state/sessions.ts";

const minute = 60;

/** A Checkout Session in Stripe's format, without the includable `line_items`. */
export function sessionJson(
  { origin }: Pick<Instance, "origin">,
  session: Session,
): Stripe.Checkout.Session {
  const totals = totalsOf(session);
  return {
    id: session.id,
    object: "checkout.session",
    adaptive_pricing: { enabled: session.adaptivePricing },
    after_expiration: null,
    allow_promotion_codes: null,
    allowed_payment_method_types: session.allowedPaymentMethodTypes,
    amount_subtotal: totals.subtotal,
    amount_total: totals.total,
    automatic_tax: {
      enabled: session.automaticTax,
      liability: null,
      provider: null,
      status: session.automaticTax ? "complete" : null,
    },
    billing_address_collection: null,
    cancel_url: session.cancelUrl,
    client_reference_id: session.clientReferenceId,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created: session.created,
    currency: session.currency,
    currency_conversion: null,
    custom_fields: [],
    custom_text: {
      after_submit: null,
      shipping_address: null,
      submit: null,
      terms_of_service_acceptance: null,
    },
    customer: null,
    customer_account: null,
    customer_creation: "if_required",
    customer_details: customerDetails(session.payerEmail ?? session.customerEmail),
    customer_email: session.customerEmail,
    discounts: [],
    expires_at: session.expiresAt,
    integration_identifier: null,
    invoice: null,
    invoice_creation: {
      enabled: false,
      invoice_data: {
        account_tax_ids: null,
        custom_fields: null,
        description: null,
        footer: null,
        issuer: null,
        metadata: null,
        rendering_options: null,
      },
    },
    livemode: session.livemode,
    locale: session.locale,
    managed_payments: { enabled: false },
    metadata: session.metadata,
    mode: "payment",
    origin_context: null,
    payment_intent: session.paymentIntentId,
    payment_link: null,
    payment_method_collection: "if_required",
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: session.paymentMethodTypes,
    payment_status: session.paymentStatus,
    permissions: null,
    phone_number_collection: { enabled: false },
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: session.status,
    submit_type: session.submitType,
    subscription: null,
    success_url: session.successUrl,
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: totals.tax },
    ui_mode: "hosted_page",
    url: session.status === "open" ? paymentUrl(origin, session) : null,
    wallet_options: null,
  };
}

/** Stripe's URLs have a fragment without which the page does not work. */
const paymentUrl = (origin: string, { id }: Session) => `${origin}/pay/${id}#fidlocalstripe`;

function customerDetails(email: string | null) {
  if (email === null) return null;
  return {
    address: null,
    business_name: null,
    email,
    individual_name: null,
    name: null,
    phone: null,
    tax_exempt: "none",
    tax_ids: [],
  };
}

export function lineItemJson(session: Session, item: LineItem) {
  return {
    id: item.id,
    object: "item",
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: item.amountSubtotal,
    amount_tax: item.amountTax,
    amount_total: item.amountTotal,
    currency: session.currency,
    description: item.name,
    metadata: null,
    price: {
      id: item.priceId,
      object: "price",
      active: false,
      billing_scheme: "per_unit",
      created: session.created,
      currency: session.currency,
      livemode: session.livemode,
      lookup_key: null,
      metadata: {},
      nickname: null,
      product: item.productId,
      recurring: null,
      tax_behavior: item.taxBehavior,
      tiers_mode: null,
      transform_quantity: null,
      type: "one_time",
      unit_amount: item.unitAmount,
      unit_amount_decimal: String(item.unitAmount),
    },
    quantity: item.quantity,
  };
}

/** The earliest and latest expiry of a new session, in seconds from its creation. */
export const expiryRange = { least: 30 * minute, most: 24 * 60 * minute };
