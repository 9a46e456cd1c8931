import type { Settlement } from "~/features/purchases/purchase-status";
import { Notice } from "~/ui/notice";
import type { PurchaseRefusal } from "../purchase-actions.server";

const tidings: Record<string, string> = {
  paid: "It is marked as paid: the course is open to the person.",
  cancelled: "The order is cancelled.",
  refunded: "It is noted as refunded. Send the money back by hand, if you have not yet.",
} satisfies Record<Settlement, string>;

interface PurchaseNoticeProps {
  refusal: PurchaseRefusal | undefined;
  /** What was settled how, as the URL tells it. */
  settled: string | null;
  purchaseId: string | null;
}

/** What became of the last purchase that was to be settled. */
export function PurchaseNotice({ refusal, settled, purchaseId }: PurchaseNoticeProps) {
  if (refusal) {
    return (
      <Notice tone="bad">
        It was not made {refusal.settlement}: somebody else was quicker, and it is {refusal.status}{" "}
        now.
      </Notice>
    );
  }
  const tiding = tidings[settled ?? ""];
  return tiding === undefined ? null : (
    <Notice key={`${settled} ${purchaseId}`} tone="good">
      {tiding}
    </Notice>
  );
}
