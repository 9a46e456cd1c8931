import type { CourseAction } from "~/db/enums";
import { formatAmount } from "~/features/courses/money";
import { paymentActionLabels } from "./audit-entry";
import type { PurchaseDetails } from "./purchase-details.server";

interface Recorded extends Pick<PurchaseDetails, "changes" | "steps"> {
  purchase: Pick<
    PurchaseDetails["purchase"],
    "createdAt" | "paidAt" | "cancelledAt" | "refundedAt"
  >;
}

/** What happened to a purchase, in order. Of one moment: the payment, its money, then access. */
export function timelineOf({ purchase, steps, changes }: Recorded) {
  const recorded = steps.map(({ id, action, createdAt, actorName }) => ({
    ...{ id, at: createdAt, detail: actorName ?? "Stripe" },
    ...stepOf(action, createdAt === purchase.paidAt),
  }));
  const money = changes.map(({ id, createdAt, action, amountMinor, currency, ...change }) => ({
    id,
    at: createdAt,
    rank: 2,
    text: `${paymentActionLabels[action]}: ${formatAmount(amountMinor, currency)}`,
    detail: `${change.actorName ?? "Stripe"}, ${readable(change.detail)}`,
  }));
  return [...unrecordedSteps({ purchase, steps }), ...recorded, ...money].sort(
    (a, b) => a.at - b.at || a.rank - b.rank,
  );
}

const readable = (detail: string) =>
  /^(re|cs)_/.test(detail) ? detail : detail.replaceAll("_", " ");

/** `paid_at` is the first time; each later one is a reopening. */
function stepOf(action: CourseAction, isFirst: boolean) {
  if (action === "purchase-cancelled") return { rank: 1, text: "Order canceled" };
  if (action === "purchase-refunded") return { rank: 3, text: "Access ended" };
  return isFirst ? { rank: 1, text: "Paid" } : { rank: 3, text: "Access reopened" };
}

/** Orders, cancellations by buyers who pay later, and what happened before steps were recorded. */
function unrecordedSteps({ purchase, steps }: Pick<Recorded, "purchase" | "steps">) {
  const { createdAt, paidAt, cancelledAt, refundedAt } = purchase;
  const columns = [
    { id: "ordered", at: createdAt, rank: 0, text: "Ordered" },
    { id: "paid", at: paidAt ?? 0, rank: 1, text: "Paid" },
    { id: "canceled", at: cancelledAt ?? 0, rank: 1, text: "Order canceled" },
    { id: "ended", at: refundedAt ?? 0, rank: 3, text: "Access ended" },
  ];
  const times = new Set(steps.map(({ createdAt }) => createdAt));
  return columns
    .filter(({ id, at }) => at > 0 && (id === "ordered" || !times.has(at)))
    .map((step) => ({ ...step, detail: "" }));
}
