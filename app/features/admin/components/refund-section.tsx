import { Form, useNavigation } from "@remix-run/react";
import type { RefundStatus } from "~/db/enums";
import { formatAmount } from "~/features/courses/money";
import { moneyFlagInstructions, needsDecision } from "~/features/purchases/refunds/money-flags";
import { Badge, type BadgeTone } from "~/ui/badge";
import { Button } from "~/ui/button";
import { DateTime } from "~/ui/date-time";
import { Section } from "~/ui/section";
import type { PurchaseDetails } from "../purchase-details.server";
import { RefundForm } from "./refund-form";
import { reasonLabels } from "./refund-reasons";

const tones: Record<RefundStatus, BadgeTone> = {
  pending: "accent",
  succeeded: "success",
  failed: "danger",
  canceled: "danger",
};

type Refund = PurchaseDetails["refunds"][number];

interface RefundSectionProps {
  details: PurchaseDetails;
  mayChange: boolean;
}

export function RefundSection({ details, mayChange }: RefundSectionProps) {
  const { refunds, purchase, canRefund } = details;
  return (
    <Section title="Refunds">
      {refunds.length === 0 && <p className="text-muted">No refunds.</p>}
      <ul className="divide-y divide-line">
        {refunds.map((refund) => (
          <RefundRow
            key={refund.id}
            refund={refund}
            isClosed={purchase.status === "refunded"}
            mayChange={mayChange}
          />
        ))}
      </ul>
      {canRefund && mayChange && <RefundForm key={refunds.length} details={details} />}
    </Section>
  );
}

interface RefundRowProps {
  refund: Refund;
  isClosed: boolean;
  mayChange: boolean;
}

function RefundRow({ refund, isClosed, mayChange }: RefundRowProps) {
  const { amountMinor, currency, status, reason, failureReason, createdAt } = refund;
  const origin = refund.paymentIntentId === null ? "Outside Stripe" : "In Stripe’s dashboard";
  return (
    <li className="grid gap-1 py-3">
      <span className="flex flex-wrap items-baseline gap-3">
        <span className="font-medium tabular-nums">{formatAmount(amountMinor, currency)}</span>
        <Badge tone={tones[status]}>{status}</Badge>
        <span className="text-sm text-muted">
          <DateTime at={createdAt} />
        </span>
      </span>
      <span className="text-sm text-muted">
        {reason === null ? origin : reasonLabels[reason]}
        {failureReason !== null && `, ${failureReason.replaceAll("_", " ")}`}
        {refund.decision === "keep-closed" && ", paid back in another way"}
      </span>
      {needsDecision(refund) && (
        <p role="note" className="max-w-[60ch] text-sm text-danger">
          {moneyFlagInstructions["refund-failed"]}
        </p>
      )}
      {needsDecision(refund) && mayChange && <DecisionForm refund={refund} isClosed={isClosed} />}
    </li>
  );
}

function DecisionForm({ refund, isClosed }: Pick<RefundRowProps, "refund" | "isClosed">) {
  const busy = useNavigation().formData?.get("intent") === "decide";
  return (
    <Form method="post" preventScrollReset className="mt-1 flex flex-wrap gap-3">
      <input type="hidden" name="intent" value="decide" />
      <input type="hidden" name="refundId" value={refund.id} />
      <Button name="decision" value="reopen" variant="secondary" busy={busy}>
        {isClosed ? "Reopen the course" : "Not paid back"}
      </Button>
      {refund.stripeRefundId !== null && (
        <Button name="decision" value="keep-closed" variant="secondary" busy={busy}>
          Paid back in another way
        </Button>
      )}
    </Form>
  );
}
