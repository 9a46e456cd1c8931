import { z } from "zod";

/** Schemas of parameters, which arrive as text. */

export const text = (maxLength = 5000) =>
  z
    .string()
    .min(1)
    .refine((value) => value.length <= maxLength, {
      error: `Invalid string: must be at most ${maxLength} characters`,
      params: { code: "parameter_invalid_string_too_long" },
    });

export const integer = z
  .string()
  .min(1)
  .refine((value) => /^-?\d{1,15}$/.test(value), {
    error: ({ input }) => `Invalid integer: ${input}`,
    params: { code: "parameter_invalid_integer" },
  })
  .transform(Number);

const largestAmount = 99_999_999;

/** An amount in the currency's minor unit. */
export const amount = integer
  .refine((value) => value >= 0, { error: "Invalid non-negative integer" })
  .refine((value) => value <= largestAmount, {
    error: "Amount must be no more than 999,999.99",
    params: { code: "amount_too_large" },
  });

export const boolean = z
  .string()
  .refine((value) => value === "true" || value === "false", {
    error: ({ input }) => `Invalid boolean: ${input}`,
  })
  .transform((value) => value === "true");

/** Lowercase; Stripe accepts capitals. */
export const currency = z
  .string()
  .min(1)
  .transform((value) => value.toLowerCase())
  .refine((value) => currencies.has(value), {
    error: ({ input }) => `Invalid currency: ${input}. Stripe does not currently support it.`,
  });

const currencies = new Set(Intl.supportedValuesOf("currency").map((code) => code.toLowerCase()));

export const url = z
  .string()
  .min(1)
  .refine(isUrl, {
    error: "Not a valid URL",
    params: { code: "url_invalid" },
  });

function isUrl(value: string): boolean {
  // A placeholder is not part of a URL.
  const parsed = URL.parse(value.replaceAll("{CHECKOUT_SESSION_ID}", "cs"));
  return parsed !== null && /^https?:$/.test(parsed.protocol);
}

export const email = z
  .string()
  .min(1)
  .refine((value) => z.email().safeParse(value).success, {
    error: ({ input }) => `Invalid email address: ${input}`,
    params: { code: "email_invalid" },
  });

/** Up to 50 keys of 40 characters with values of 500 characters. */
export const metadata = z
  .record(
    z.string().max(40, "Metadata keys can have up to 40 characters"),
    z.string().max(500, "Metadata values can have up to 500 characters"),
  )
  .refine((value) => Object.keys(value).length <= 50, {
    error: "You cannot have more than 50 metadata keys",
  })
  .transform((value) =>
    Object.fromEntries(Object.entries(value).filter(([, text]) => text !== "")),
  );

const range = z.strictObject({
  gt: integer.optional(),
  gte: integer.optional(),
  lt: integer.optional(),
  lte: integer.optional(),
});
export type CreatedFilter = z.infer<typeof created>;

/** An exact time or a range. */
export const created = z.union([integer.transform((equals) => ({ equals })), range]);

const pageSize = integer.refine((value) => value >= 1 && value <= 100, {
  error: "Invalid integer: must be between 1 and 100",
  params: { code: "parameter_invalid_integer" },
});

/** Parameters of every list. */
export const pageShape = {
  limit: pageSize.default(10),
  starting_after: text().optional(),
  ending_before: text().optional(),
  expand: z
    .array(z.string())
    .max(4 * 5)
    .optional(),
};

export const expandShape = { expand: z.array(z.string()).optional() };
