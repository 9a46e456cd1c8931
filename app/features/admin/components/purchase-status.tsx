import type { PurchaseStatus as Status } from "~/db/enums";
import { purchaseStatusLabels } from "~/features/purchases/purchase-status";
import { Badge, type BadgeTone } from "~/ui/badge";

const tones: Record<Status, BadgeTone> = {
  pending: "accent",
  paid: "success",
  cancelled: "neutral",
  refunded: "danger",
};

export function PurchaseStatus({ status }: { status: Status }) {
  return <Badge tone={tones[status]}>{purchaseStatusLabels[status]}</Badge>;
}
