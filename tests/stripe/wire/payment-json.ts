import type Stripe from "stripe";
import type { Charge, Failure, PaymentIntent, PaymentMethod } from "../state/payments.ts";

/** A Payment Intent in Stripe's format. */
export function paymentIntentJson(intent: PaymentIntent): Stripe.PaymentIntent {
  const succeeded = intent.status === "succeeded";
  return {
    id: intent.id,
    object: "payment_intent",
    allowed_payment_method_types: null,
    amount: intent.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: succeeded ? intent.amount : 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: intent.canceledAt,
    cancellation_reason: intent.status === "canceled" ? "automatic" : null,
    capture_method: "automatic_async",
    client_secret: `${intent.id}_secret_local`,
    confirmation_method: "automatic",
    created: intent.created,
    currency: intent.currency,
    customer: null,
    customer_account: null,
    description: intent.description,
    excluded_payment_method_types: null,
    last_payment_error: intent.lastError === null ? null : lastErrorJson(intent, intent.lastError),
    latest_charge: intent.latestChargeId,
    livemode: intent.livemode,
    managed_payments: null,
    metadata: intent.metadata,
    next_action:
      intent.status === "requires_action" ? { type: "use_stripe_sdk", use_stripe_sdk: {} } : null,
    on_behalf_of: null,
    payment_method: intent.paymentMethodId,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: intent.paymentMethodTypes,
    payment_record: null,
    processing: null,
    receipt_email: intent.receiptEmail,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: intent.status,
    transfer_data: null,
    transfer_group: null,
  };
}

function lastErrorJson(intent: PaymentIntent, { code, declineCode, message }: Failure) {
  return {
    ...(intent.latestChargeId === null ? {} : { charge: intent.latestChargeId }),
    code,
    ...(declineCode === null ? {} : { decline_code: declineCode }),
    message,
    type: code === "card_declined" ? "card_error" : "invalid_request_error",
  };
}

/** A Charge in Stripe's format. */
export function chargeJson(charge: Charge): Stripe.Charge {
  const succeeded = charge.status === "succeeded";
  return {
    id: charge.id,
    object: "charge",
    amount: charge.amount,
    amount_captured: succeeded ? charge.amount : 0,
    amount_refunded: charge.amountRefunded,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: succeeded ? charge.id.replace(/^(ch|py)_/, "txn_") : null,
    billing_details: {
      address: null,
      email: charge.payerEmail,
      name: null,
      phone: null,
      tax_id: null,
    },
    calculated_statement_descriptor: "LOCAL STRIPE",
    captured: charge.status !== "failed",
    created: charge.created,
    currency: charge.currency,
    customer: null,
    description: charge.description,
    disputed: charge.disputed,
    failure_balance_transaction: null,
    failure_code: charge.failure?.code ?? null,
    failure_message: charge.failure?.message ?? null,
    fraud_details: {},
    livemode: charge.livemode,
    metadata: charge.metadata,
    on_behalf_of: null,
    outcome: null,
    paid: charge.status !== "failed",
    payment_intent: charge.paymentIntentId,
    payment_method: charge.paymentMethodId,
    payment_method_details: paymentMethodDetails(charge.paymentMethod),
    receipt_email: charge.receiptEmail,
    receipt_number: null,
    receipt_url: null,
    refunded: charge.amountRefunded === charge.amount,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: charge.status,
    transfer_data: null,
    transfer_group: null,
  };
}

function paymentMethodDetails(method: PaymentMethod) {
  const { type, ...details } = method;
  return { [type]: details, type };
}
