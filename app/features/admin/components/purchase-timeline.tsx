import { formatAmount } from "~/features/courses/money";
import { DateTime } from "~/ui/date-time";
import { Section } from "~/ui/section";
import { paymentActionLabels } from "../audit-entry";
import type { PurchaseDetails } from "../purchase-details.server";

interface TimelineEntry {
  id: string;
  at: number;
  text: string;
  detail: string;
}

export function PurchaseTimeline({ details }: { details: PurchaseDetails }) {
  return (
    <Section title="Timeline">
      <ol className="grid gap-3">
        {timelineOf(details).map(({ id, at, text, detail }) => (
          <li key={id} className="grid gap-x-6 sm:grid-cols-[13rem_1fr]">
            <span className="text-sm text-muted">
              <DateTime at={at} />
            </span>
            <span>
              {text}
              {detail !== "" && <span className="block text-sm text-muted">{detail}</span>}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function timelineOf({ purchase, changes }: PurchaseDetails): TimelineEntry[] {
  const { createdAt, paidAt, cancelledAt, refundedAt } = purchase;
  const steps = [
    ["Ordered", createdAt],
    ["Paid", paidAt],
    ["Order canceled", cancelledAt],
    ["Access ended", refundedAt],
  ] as const;
  const entries = [
    ...steps.map(([text, at]) => ({ id: text, at: at ?? 0, text, detail: "" })),
    ...changes.map(({ id, createdAt: at, action, amountMinor, currency, detail, actorName }) => ({
      id,
      at,
      text: `${paymentActionLabels[action]}: ${formatAmount(amountMinor, currency)}`,
      detail: `${actorName ?? "Stripe"}, ${detail.replaceAll("_", " ")}`,
    })),
  ];
  return entries.filter(({ at }) => at > 0).sort((a, b) => a.at - b.at);
}
