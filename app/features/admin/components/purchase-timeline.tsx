import { DateTime } from "~/ui/date-time";
import { Section } from "~/ui/section";
import type { PurchaseDetails } from "../purchase-details.server";
import { timelineOf } from "../purchase-timeline";

export function PurchaseTimeline({ details }: { details: PurchaseDetails }) {
  return (
    <Section title="Timeline">
      <ol className="grid gap-3">
        {timelineOf(details).map(({ id, at, text, detail }) => (
          <li key={id} className="grid gap-x-6 sm:grid-cols-[13rem_1fr]">
            <span className="text-sm text-muted">
              <DateTime at={at} />
            </span>
            <span>
              {text}
              {detail !== "" && <span className="block text-sm text-muted">{detail}</span>}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
