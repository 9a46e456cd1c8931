import { Form, useNavigation } from "@remix-run/react";
import { Button } from "~/ui/button";
import { Section } from "~/ui/section";
import type { Receipt } from "../receipt.server";

/** What the buyer of an order can do. */
export function OrderSteps({ purchase, instructions, hasReturned }: Receipt) {
  if (purchase.paymentFlag === "amount-mismatch") {
    return (
      <p className="max-w-[60ch]">
        Your payment differs from the price of this order. An admin will check it, and enroll you or
        refund your payment.
      </p>
    );
  }
  if (purchase.status === "cancelled") return <CanceledOrder purchase={purchase} />;
  if (purchase.status !== "pending") return null;
  if (purchase.provider !== "stripe") {
    return <PayLater reference={purchase.reference} instructions={instructions} />;
  }
  if (purchase.paymentState === "processing") return <ProcessingPayment />;
  return <UnpaidOrder hasReturned={hasReturned} />;
}

function CanceledOrder({ purchase }: Pick<Receipt, "purchase">) {
  const reasons: Record<string, string> = {
    expired: "The time to pay has passed, so this order was canceled.",
    failed: "Your bank did not complete the payment, so this order was canceled.",
  };
  return (
    <p className="max-w-[60ch]">
      {reasons[purchase.paymentState ?? ""] ?? "This order was canceled."} If you have already paid,
      an admin will enroll you or refund your payment.
    </p>
  );
}

function PayLater({ reference, instructions }: { reference: string; instructions: string | null }) {
  return (
    <Section title="What happens next">
      {instructions !== null && (
        <p className="mb-4 max-w-[60ch] whitespace-pre-line">{instructions}</p>
      )}
      <p className="max-w-[60ch]">
        Pay outside this site and include the reference{" "}
        <strong className="font-medium">{reference}</strong>. An admin will enroll you when the
        payment arrives.
      </p>
      <OrderButtons intents={["cancel"]} />
    </Section>
  );
}

function ProcessingPayment() {
  return (
    <Section title="What happens next">
      <p className="max-w-[60ch]">
        Your payment is on its way. Depending on your bank this takes a few days; you get access
        when it arrives.
      </p>
      <OrderButtons intents={["check"]} />
    </Section>
  );
}

function UnpaidOrder({ hasReturned }: { hasReturned: boolean }) {
  return (
    <Section title="What happens next">
      <p className="max-w-[60ch]">
        {hasReturned
          ? "Thank you. We are waiting for the confirmation of your payment; this usually takes a few seconds."
          : "This order is not paid yet. You get access as soon as the payment is complete."}
      </p>
      <OrderButtons intents={hasReturned ? ["check"] : ["pay", "cancel"]} />
    </Section>
  );
}

const buttons = {
  pay: { label: "Pay now", busyText: "Opening the payment page…", variant: "primary" },
  check: { label: "Check payment", busyText: "Checking…", variant: "primary" },
  cancel: { label: "Cancel order", busyText: "Canceling…", variant: "danger" },
} as const;

function OrderButtons({ intents }: { intents: readonly (keyof typeof buttons)[] }) {
  const current = useNavigation().formData?.get("intent");
  return (
    <Form method="post" className="mt-6 flex flex-wrap gap-3 print:hidden">
      {intents.map((intent) => {
        const { label, busyText, variant } = buttons[intent];
        return (
          <Button
            key={intent}
            name="intent"
            value={intent}
            variant={variant}
            busy={current === intent}
            busyText={busyText}
          >
            {label}
          </Button>
        );
      })}
    </Form>
  );
}
