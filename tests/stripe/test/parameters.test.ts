import { describe, expect, it } from "vitest";
import { z } from "zod";
import { courseSession, errorOf, startStripe } from "./support.ts";

const errorSchema = z.object({
  error: z.object({
    code: z.string().optional(),
    doc_url: z.string().optional(),
    message: z.string(),
    param: z.string().optional(),
    type: z.string(),
  }),
});

const base =
  "mode=payment&success_url=http://localhost/ok&line_items[0][quantity]=1&line_items[0][price_data][currency]=eur&line_items[0][price_data][unit_amount]=2900&line_items[0][price_data][product_data][name]=Course";

describe("parameters", () => {
  it.each([
    ["&foo=1", "parameter_unknown", "foo", "Received unknown parameter: foo"],
    ["&foo=1&bar=2", "parameter_unknown", "foo", "Received unknown parameters: foo, bar"],
    [
      "&line_items[0][price_data][product_data][price]=1",
      "parameter_unknown",
      "line_items[0][price_data][product_data][price]",
      "Received unknown parameter: line_items[0][price_data][product_data][price]",
    ],
    [
      "&line_items[1][quantity]=1",
      "parameter_missing",
      "line_items[1][price_data]",
      "Missing required param: line_items[1][price_data].",
    ],
    ["&expires_at=soon", "parameter_invalid_integer", "expires_at", "Invalid integer: soon"],
    ["&success_url=ok", "url_invalid", "success_url", "Not a valid URL"],
    [
      "&client_reference_id=",
      "parameter_invalid_empty",
      "client_reference_id",
      "You passed an empty string for 'client_reference_id'.",
    ],
    ["&customer_email=nobody", "email_invalid", "customer_email", "Invalid email address: nobody"],
    ["&mode=gift", undefined, "mode", "Invalid mode: must be one of payment"],
  ])("refuse %s with %s", async (added, code, param, message) => {
    const { post } = await startStripe();
    const response = await post("/checkout/sessions", base + added);
    expect(response.status).toBe(400);
    const { error } = errorSchema.parse(await response.json());
    expect(error).toMatchObject({ type: "invalid_request_error", param });
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
    if (code !== undefined) expect(error.doc_url).toContain(code.replaceAll("_", "-"));
  });

  it("are refused by lists and by requests for one object, too", async () => {
    const { origin, stripe } = await startStripe();
    const { id } = await stripe.checkout.sessions.create(courseSession);
    for (const path of ["/checkout/sessions", `/checkout/sessions/${id}`, "/events", "/charges"]) {
      const response = await fetch(`${origin}/v1${path}?foo=1`, {
        headers: { authorization: "Bearer sk_test_local_stripe_not_a_secret" },
      });
      const { error } = errorSchema.parse(await response.json());
      expect(error.code, path).toBe("parameter_unknown");
    }
  });

  it("name the required parameter that is missing", async () => {
    const { post } = await startStripe();
    const response = await post("/checkout/sessions", "mode=payment");
    const { error } = errorSchema.parse(await response.json());
    expect(error).toMatchObject({ code: "parameter_missing", param: "line_items" });
  });

  it("limit metadata", async () => {
    const { stripe } = await startStripe();
    const create = (metadata: Record<string, string>) =>
      stripe.checkout.sessions.create({ ...courseSession, metadata });
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`key${n}`, "x"]));
    expect((await errorOf(create(many))).param).toBe("metadata");
    expect((await errorOf(create({ key: "x".repeat(501) }))).param).toBe("metadata[key]");
    expect((await create({ key: "x".repeat(500) })).metadata?.key).toHaveLength(500);
  });
});
