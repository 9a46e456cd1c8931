import { Form, useNavigation } from "@remix-run/react";
import { Button } from "~/ui/button";
import { Section } from "~/ui/section";
import type { Receipt } from "../receipt.server";

/** How an order that is not paid goes on, and the way to take it back. */
export function OrderSteps({ purchase }: Pick<Receipt, "purchase">) {
  if (purchase.status === "cancelled") {
    return (
      <p className="max-w-[60ch]">
        This order was cancelled. If you have paid all the same, an administrator will open the
        course or send the money back.
      </p>
    );
  }
  return purchase.status === "pending" ? <PendingOrder reference={purchase.reference} /> : null;
}

function PendingOrder({ reference }: { reference: string }) {
  const busy = useNavigation().formData?.get("intent") === "cancel";
  return (
    <Section title="How it goes on">
      <p className="max-w-[60ch]">
        Pay by other means and name the reference{" "}
        <strong className="font-medium">{reference}</strong>; an administrator opens the course when
        the payment has arrived.
      </p>
      <Form method="post" className="mt-6 print:hidden">
        <Button name="intent" value="cancel" variant="danger" busy={busy} busyText="Cancelling…">
          Cancel this order
        </Button>
      </Form>
    </Section>
  );
}
