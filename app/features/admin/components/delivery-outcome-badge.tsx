import type { StripeEventOutcome } from "~/db/enums";
import { Badge, type BadgeTone } from "~/ui/badge";

const tones: Record<StripeEventOutcome, BadgeTone> = {
  applied: "success",
  duplicate: "neutral",
  stale: "neutral",
  ignored: "neutral",
  rejected: "danger",
  unmatched: "danger",
};

/** Of Clerk's deliveries, which are never unmatched, and of Stripe's events. */
export function DeliveryOutcomeBadge({ outcome }: { outcome: StripeEventOutcome }) {
  return <Badge tone={tones[outcome]}>{outcome}</Badge>;
}
