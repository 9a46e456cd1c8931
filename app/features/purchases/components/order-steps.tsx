import { Form, useNavigation } from "@remix-run/react";
import { Button } from "~/ui/button";
import { Section } from "~/ui/section";
import type { Receipt } from "../receipt.server";

export function OrderSteps({ purchase }: Pick<Receipt, "purchase">) {
  if (purchase.status === "cancelled") {
    return (
      <p className="max-w-[60ch]">
        This order was canceled. If you have already paid, an admin will enroll you or refund your
        payment.
      </p>
    );
  }
  return purchase.status === "pending" ? <PendingOrder reference={purchase.reference} /> : null;
}

function PendingOrder({ reference }: { reference: string }) {
  const busy = useNavigation().formData?.get("intent") === "cancel";
  return (
    <Section title="What happens next">
      <p className="max-w-[60ch]">
        Pay outside this site and include the reference{" "}
        <strong className="font-medium">{reference}</strong>. An admin will enroll you when the
        payment arrives.
      </p>
      <Form method="post" className="mt-6 print:hidden">
        <Button name="intent" value="cancel" variant="danger" busy={busy} busyText="Canceling…">
          Cancel order
        </Button>
      </Form>
    </Section>
  );
}
