import type { DeliveryOutcome } from "~/db/enums";
import { Cell, DataTable, RowHeader } from "~/ui/data-table";
import { DateTime } from "~/ui/date-time";
import { DeliveryOutcomeBadge } from "./delivery-outcome-badge";

interface Delivery {
  svixId: string;
  type: string;
  outcome: DeliveryOutcome;
  attempts: number;
  lastReceivedAt: number;
  error: string | null;
}

const columns = [
  { label: "Event" },
  { label: "Outcome" },
  { label: "Received", wideOnly: true },
  { label: "Attempts", wideOnly: true },
];

export function DeliveryTable({
  caption,
  deliveries,
}: {
  caption: string;
  deliveries: readonly Delivery[];
}) {
  return (
    <DataTable caption={caption} columns={columns}>
      {deliveries.map((delivery) => (
        <tr key={delivery.svixId}>
          <RowHeader>
            {delivery.type}
            <code className="block text-[0.8125rem] text-muted">{delivery.svixId}</code>
            <span className="text-sm text-muted sm:hidden">
              <DateTime at={delivery.lastReceivedAt} />
            </span>
          </RowHeader>
          <Cell>
            <DeliveryOutcomeBadge outcome={delivery.outcome} />
            {delivery.error && (
              <span className="mt-1 block text-sm text-danger">{delivery.error}</span>
            )}
          </Cell>
          <Cell wideOnly>
            <DateTime at={delivery.lastReceivedAt} />
          </Cell>
          <Cell wideOnly>{delivery.attempts}</Cell>
        </tr>
      ))}
    </DataTable>
  );
}
