import { Form, useNavigation } from "@remix-run/react";
import { formatPrice, type Price } from "~/features/courses/money";
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

/** Submits the displayed price, so that learners never pay a price they have not seen. */
export function OrderForm({ priceMinor, currency }: Price) {
  const busy = useNavigation().formData?.get("intent") === "order";
  return (
    <Form method="post">
      <input type="hidden" name="priceMinor" value={priceMinor} />
      <input type="hidden" name="currency" value={currency} />
      <Button size="large" name="intent" value="order" busy={busy} busyText="Placing order…">
        Buy for {formatPrice({ priceMinor, currency })}
      </Button>
    </Form>
  );
}
