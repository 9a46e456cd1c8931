import {
  canSettle,
  purchaseStatusLabels,
  type Settlement,
} from "~/features/purchases/purchase-status";
import type { RateLimited } from "~/http/rate-limited";
import { Notice } from "~/ui/notice";
import { RateLimitNotice } from "~/ui/rate-limit-notice";
import type { PurchaseFailure } from "../purchase-actions.server";

const messages: Record<string, string> = {
  paid: "Marked as paid. The learner now has access.",
  cancelled: "Order canceled.",
} satisfies Record<Settlement, string>;

interface PurchaseNoticeProps {
  failure: PurchaseFailure | RateLimited | undefined;
  settled: string | null;
  purchaseId: string | null;
}

export function PurchaseNotice({ failure, settled, purchaseId }: PurchaseNoticeProps) {
  if (failure?.kind === "rate-limited") return <RateLimitNotice />;
  if (failure?.settlement === "paid" && canSettle(failure.status, "paid")) {
    return (
      <Notice tone="danger">
        The order was not marked as paid: its payment has already gone back to the buyer, who can
        order again.
      </Notice>
    );
  }
  if (failure?.status === "pending") {
    return (
      <Notice tone="danger">
        The order was not canceled: the buyer’s bank has not confirmed the payment yet.
      </Notice>
    );
  }
  if (failure) {
    return (
      <Notice tone="danger">
        The purchase was not marked as {purchaseStatusLabels[failure.settlement]}. Someone else
        changed it, and it is now {purchaseStatusLabels[failure.status]}.
      </Notice>
    );
  }
  const message = messages[settled ?? ""];
  return message === undefined ? null : (
    <Notice key={`${settled} ${purchaseId}`} tone="success">
      {message}
    </Notice>
  );
}
