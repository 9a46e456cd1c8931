import { z } from "zod";
import {
  amount,
  boolean,
  currency,
  email,
  expandShape,
  integer,
  metadata,
  text,
  url,
} from "./fields.ts";

const taxBehavior = z.enum(["exclusive", "inclusive", "unspecified"]).default("unspecified");

const priceData = z.strictObject({
  currency,
  product_data: z.strictObject({
    name: text(),
    description: text().optional(),
    images: z.array(url).max(8).optional(),
    metadata: metadata.optional(),
    tax_code: text().optional(),
  }),
  tax_behavior: taxBehavior,
  unit_amount: amount,
});

const lineItem = z.strictObject({
  price_data: priceData,
  quantity: integer.refine((value) => value >= 1, {
    error: "Invalid integer: must be at least 1",
    params: { code: "parameter_invalid_integer" },
  }),
});

/** Parameters of a new session. Of Stripe's modes, only payments are supported. */
export const newSessionSchema = z.strictObject({
  ...expandShape,
  adaptive_pricing: z.strictObject({ enabled: boolean }).optional(),
  allowed_payment_method_types: z
    .array(z.enum(["card", "sepa_debit", "us_bank_account", "bacs_debit"]))
    .min(1)
    .optional(),
  automatic_tax: z.strictObject({ enabled: boolean }).optional(),
  billing_address_collection: z.enum(["auto", "required"]).optional(),
  cancel_url: url.optional(),
  client_reference_id: text(200).optional(),
  customer_creation: z.enum(["always", "if_required"]).optional(),
  customer_email: email.optional(),
  expires_at: integer.optional(),
  line_items: z.array(lineItem).min(1).max(100),
  locale: text().optional(),
  metadata: metadata.default({}),
  mode: z.enum(["payment"]),
  payment_intent_data: z
    .strictObject({
      description: text(1000).optional(),
      metadata: metadata.optional(),
      receipt_email: email.optional(),
    })
    .default({}),
  submit_type: z.enum(["auto", "book", "donate", "pay", "subscribe"]).optional(),
  success_url: url,
  ui_mode: z.enum(["hosted_page"]).optional(),
});
export type NewSession = Omit<z.output<typeof newSessionSchema>, "expand">;
