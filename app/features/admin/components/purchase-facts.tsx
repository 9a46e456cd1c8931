import { Form, Link, useNavigation } from "@remix-run/react";
import type { PaymentFlag } from "~/db/enums";
import { formatAmount, formatPrice } from "~/features/courses/money";
import { flagInstructions } from "~/features/purchases/payment-flags";
import { Button } from "~/ui/button";
import { DescriptionItem, DescriptionList } from "~/ui/description-list";
import { Section } from "~/ui/section";
import type { PurchaseDetails } from "../purchase-details.server";
import { PurchaseStatus } from "./purchase-status";

const linkClass = "underline decoration-line underline-offset-4 hover:decoration-ink";
const codeClass = "text-sm [overflow-wrap:anywhere]";

const providers: Record<string, string> = { stripe: "Stripe", "pay-later": "Paid later" };

interface PurchaseFactsProps {
  details: PurchaseDetails;
  mayChange: boolean;
}

export function PurchaseFacts({ details, mayChange }: PurchaseFactsProps) {
  const { purchase } = details;
  const { provider, personId, personName, courseId, courseTitle, refundedMinor } = purchase;
  return (
    <Section title="Purchase">
      <DescriptionList>
        <DescriptionItem term="Status">
          <PurchaseStatus status={purchase.status} />
          {purchase.flag !== null && <FlagNote flag={purchase.flag} mayChange={mayChange} />}
        </DescriptionItem>
        <DescriptionItem term="Buyer">
          <Link to={`/admin/users/${personId}`} className={linkClass}>
            {personName}
          </Link>
        </DescriptionItem>
        <DescriptionItem term="Course">
          <Link to={`/admin/courses/${courseId}`} className={linkClass}>
            {courseTitle}
          </Link>
        </DescriptionItem>
        <DescriptionItem term="Price">{formatPrice(purchase)}</DescriptionItem>
        <DescriptionItem term="Refunded">
          {formatAmount(refundedMinor, purchase.currency)}
        </DescriptionItem>
        <DescriptionItem term="Provider">{providers[provider] ?? provider}</DescriptionItem>
        <StripeFacts details={details} />
      </DescriptionList>
    </Section>
  );
}

function FlagNote({ flag, mayChange }: { flag: PaymentFlag; mayChange: boolean }) {
  const busy = useNavigation().formData?.get("intent") === "dismiss";
  return (
    <>
      <p role="note" className="mt-1 max-w-[60ch] text-danger">
        {flagInstructions[flag]}
      </p>
      {mayChange && flag !== "amount-mismatch" && (
        <Form method="post" preventScrollReset className="mt-2">
          <input type="hidden" name="intent" value="dismiss" />
          <Button name="flag" value={flag} variant="secondary" busy={busy}>
            Mark as done
          </Button>
        </Form>
      )}
    </>
  );
}

function StripeFacts({ details: { purchase, received } }: Pick<PurchaseFactsProps, "details">) {
  const { paymentState, method, taxMinor, currency, paymentIntentId, sessionId } = purchase;
  return (
    <>
      {paymentState !== null && <DescriptionItem term="Payment">{paymentState}</DescriptionItem>}
      {method !== null && <DescriptionItem term="Payment method">{method}</DescriptionItem>}
      {taxMinor !== null && (
        <DescriptionItem term="Including tax">{formatAmount(taxMinor, currency)}</DescriptionItem>
      )}
      {received.map(({ id, amountMinor, currency }) => (
        <DescriptionItem key={id} term="Received by Stripe">
          {formatAmount(amountMinor, currency)} <code className={codeClass}>{id}</code>
        </DescriptionItem>
      ))}
      {received.length === 0 && paymentIntentId !== null && (
        <DescriptionItem term="Stripe payment">
          <code className={codeClass}>{paymentIntentId}</code>
        </DescriptionItem>
      )}
      {sessionId !== null && (
        <DescriptionItem term="Stripe session">
          <code className={codeClass}>{sessionId}</code>
        </DescriptionItem>
      )}
    </>
  );
}
