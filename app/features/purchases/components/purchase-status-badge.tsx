import type { PurchaseStatus } from "~/db/enums";
import { Badge, type BadgeTone } from "~/ui/badge";

const variants: Record<PurchaseStatus, readonly [tone: BadgeTone, words: string]> = {
  pending: ["accent", "awaiting payment"],
  paid: ["success", "paid"],
  cancelled: ["neutral", "cancelled"],
  refunded: ["neutral", "refunded"],
};

/** How a purchase stands, in words. */
export function PurchaseStatusBadge({ status }: { status: PurchaseStatus }) {
  const [tone, words] = variants[status];
  return <Badge tone={tone}>{words}</Badge>;
}
