import { Label, type Tone } from "~/ui/badge";
import type { PurchaseStatus } from "../purchase";

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
