import type { PurchaseStatus } from "~/db/enums";
import { Badge, type BadgeTone } from "~/ui/badge";

const variants: Record<PurchaseStatus, readonly [tone: BadgeTone, label: string]> = {
  pending: ["accent", "awaiting payment"],
  paid: ["success", "paid"],
  cancelled: ["neutral", "canceled"],
  refunded: ["neutral", "refunded"],
};

export function PurchaseStatusBadge({ status }: { status: PurchaseStatus }) {
  const [tone, label] = variants[status];
  return <Badge tone={tone}>{label}</Badge>;
}
