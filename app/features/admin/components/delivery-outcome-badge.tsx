import type { DeliveryOutcome } from "~/db/enums";
import { Label, type Tone } from "~/ui/badge";

const tones: Record<DeliveryOutcome, Tone> = {
  applied: "good",
  duplicate: "plain",
  stale: "plain",
  ignored: "plain",
  rejected: "bad",
};

/** What became of a delivery. */
export function OutcomeLabel({ outcome }: { outcome: DeliveryOutcome }) {
  return <Label tone={tones[outcome]}>{outcome}</Label>;
}
