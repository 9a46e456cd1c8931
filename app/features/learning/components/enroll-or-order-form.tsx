import { Form, useActionData, useNavigation } from "@remix-run/react";
import { formatPrice, type Price } from "~/features/courses/money";
import type { PaymentProvider } from "~/features/purchases/payment-provider";
import { isRateLimited } from "~/http/rate-limited";
import { Button } from "~/ui/button";

export function EnrollForm() {
  const busy = useNavigation().formData?.get("intent") === "enroll";
  return (
    <Form method="post">
      <Button size="large" name="intent" value="enroll" busy={busy} busyText="Enrolling…">
        Enroll for free
      </Button>
    </Form>
  );
}

export interface PaymentOptions {
  providers: readonly PaymentProvider[];
  seller: string | null;
  instructions: string | null;
  termsUrl: string | null;
}

/** Submits the displayed price, so that learners never pay a price they have not seen. */
export function OrderForm({ course, payment }: { course: Price; payment: PaymentOptions }) {
  const { formData } = useNavigation();
  const result = useActionData<unknown>();
  const hasConsented = isRateLimited(result) && result.lastResult.initialValue.consent === "on";
  const { priceMinor, currency } = course;
  const [main, ...others] = payment.providers;
  const isBusy = (provider: string | undefined) =>
    formData?.get("intent") === "order" && formData.get("provider") === provider;
  return (
    <Form method="post" className="grid max-w-sm gap-4">
      <input type="hidden" name="intent" value="order" />
      <input type="hidden" name="priceMinor" value={priceMinor} />
      <input type="hidden" name="currency" value={currency} />
      <OrderTerms {...payment} />
      <label className="flex gap-3 text-[0.9375rem]">
        <input
          type="checkbox"
          name="consent"
          required
          defaultChecked={hasConsented}
          className="mt-1.5 shrink-0"
        />
        <span>
          Give me access as soon as I have paid. I know that I then lose my right to withdraw from
          the purchase.
        </span>
      </label>
      <div className="flex flex-wrap gap-3">
        <Button
          size="large"
          name="provider"
          value={main}
          busy={isBusy(main)}
          busyText="Placing order…"
        >
          Buy for {formatPrice(course)}
        </Button>
        {others.map((provider) => (
          <Button
            key={provider}
            size="large"
            variant="secondary"
            name="provider"
            value={provider}
            busy={isBusy(provider)}
            busyText="Placing order…"
          >
            Pay later
          </Button>
        ))}
      </div>
    </Form>
  );
}

/** What the buyer must know before the order. */
function OrderTerms({ providers, seller, instructions, termsUrl }: PaymentOptions) {
  return (
    <div className="grid gap-2 text-[0.9375rem] text-muted">
      <p>One payment, taxes included. You get access as soon as the payment is complete.</p>
      {seller !== null && <p className="whitespace-pre-line">Sold by {seller}</p>}
      {providers.includes("pay-later") && instructions !== null && (
        <p className="whitespace-pre-line">{instructions}</p>
      )}
      {termsUrl !== null && (
        <p>
          With your order you accept the{" "}
          <a href={termsUrl} className="text-accent underline underline-offset-4">
            terms of sale
          </a>
          .
        </p>
      )}
    </div>
  );
}
