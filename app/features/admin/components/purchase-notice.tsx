import type { Settlement } from "~/features/purchases/purchase-status";
import { Notice } from "~/ui/notice";
import type { PurchaseFailure } from "../purchase-actions.server";

const messages: Record<string, string> = {
  paid: "It is marked as paid: the course is open to the person.",
  cancelled: "The order is cancelled.",
  refunded: "It is noted as refunded. Send the money back by hand, if you have not yet.",
} satisfies Record<Settlement, string>;

interface PurchaseNoticeProps {
  failure: PurchaseFailure | undefined;
  /** What was settled how, as the URL tells it. */
  settled: string | null;
  purchaseId: string | null;
}

/** What became of the last purchase that was to be settled. */
export function PurchaseNotice({ failure, settled, purchaseId }: PurchaseNoticeProps) {
  if (failure) {
    return (
      <Notice tone="danger">
        It was not made {failure.settlement}: somebody else was quicker, and it is {failure.status}{" "}
        now.
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
