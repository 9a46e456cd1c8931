import { Form, useNavigation } from "@remix-run/react";
import { formatPrice, type Price } from "~/features/courses/money";
import { Button } from "~/ui/button";

/** Takes a free course. */
export function StartForm() {
  const busy = useNavigation().formData?.get("intent") === "enroll";
  return (
    <Form method="post">
      <Button size="large" name="intent" value="enroll" busy={busy} busyText="Opening the course…">
        Start this course
      </Button>
    </Form>
  );
}

/** Orders a course. It carries the price that is seen here, so that nobody is charged another. */
export function OrderForm({ priceMinor, currency }: Price) {
  const busy = useNavigation().formData?.get("intent") === "order";
  return (
    <Form method="post">
      <input type="hidden" name="priceMinor" value={priceMinor} />
      <input type="hidden" name="currency" value={currency} />
      <Button size="large" name="intent" value="order" busy={busy} busyText="Placing the order…">
        Buy for {formatPrice({ priceMinor, currency })}
      </Button>
    </Form>
  );
}
