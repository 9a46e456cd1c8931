import type { DeliveryOutcome } from "~/db/enums";
import { Badge, type BadgeTone } from "~/ui/badge";

const tones: Record<DeliveryOutcome, BadgeTone> = {
  applied: "success",
  duplicate: "neutral",
  stale: "neutral",
  ignored: "neutral",
  rejected: "danger",
};

export function DeliveryOutcomeBadge({ outcome }: { outcome: DeliveryOutcome }) {
  return <Badge tone={tones[outcome]}>{outcome}</Badge>;
}
