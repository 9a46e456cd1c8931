import type { DisputeStatus } from "~/db/enums";
import { formatAmount } from "~/features/courses/money";
import { moneyFlagInstructions } from "~/features/purchases/refunds/money-flags";
import { Badge, type BadgeTone } from "~/ui/badge";
import { DateTime } from "~/ui/date-time";
import { Section } from "~/ui/section";
import type { PurchaseDetails } from "../purchase-details.server";

const tones: Record<DisputeStatus, BadgeTone> = { open: "danger", lost: "danger", won: "success" };

export function DisputeSection({ disputes }: Pick<PurchaseDetails, "disputes">) {
  if (disputes.length === 0) return null;
  return (
    <Section title="Disputes">
      <ul className="divide-y divide-line">
        {disputes.map(({ id, amountMinor, currency, reason, status, respondBy, createdAt }) => (
          <li key={id} className="grid gap-1 py-3">
            <span className="flex flex-wrap items-baseline gap-3">
              <span className="font-medium tabular-nums">
                {formatAmount(amountMinor, currency)}
              </span>
              <Badge tone={tones[status]}>{status}</Badge>
              <span className="text-sm text-muted">
                <DateTime at={createdAt} />
              </span>
            </span>
            <span className="text-sm text-muted">{reason.replaceAll("_", " ")}</span>
            {status === "open" && (
              <p role="note" className="max-w-[60ch] text-sm text-danger">
                {moneyFlagInstructions["dispute-open"]}{" "}
                {respondBy !== null && (
                  <>
                    The bank waits until <DateTime at={respondBy} dateOnly />.
                  </>
                )}
              </p>
            )}
            {status === "lost" && (
              <p className="text-sm text-muted">The bank took the money back; access has ended.</p>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
