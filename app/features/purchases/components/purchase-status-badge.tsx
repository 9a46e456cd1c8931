import type { PurchaseStatus } from "~/db/enums";
import { Label, type Tone } from "~/ui/badge";

const looks: Record<PurchaseStatus, readonly [tone: Tone, words: string]> = {
  pending: ["strong", "awaiting payment"],
  paid: ["good", "paid"],
  cancelled: ["plain", "cancelled"],
  refunded: ["plain", "refunded"],
};

/** How a purchase stands, in words. */
export function PurchaseStatusLabel({ status }: { status: PurchaseStatus }) {
  const [tone, words] = looks[status];
  return <Label tone={tone}>{words}</Label>;
}
