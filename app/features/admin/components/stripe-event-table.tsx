import { Link } from "@remix-run/react";
import { Cell, DataTable, RowHeader } from "~/ui/data-table";
import { DateTime } from "~/ui/date-time";
import type { listStripeEvents } from "../stripe-event-list.server";
import { DeliveryOutcomeBadge } from "./delivery-outcome-badge";

type ListedEvent = Awaited<ReturnType<typeof listStripeEvents>>["rows"][number];

const columns = [
  { label: "Event" },
  { label: "Outcome" },
  { label: "Purchase" },
  { label: "Received", wideOnly: true },
  { label: "Attempts", wideOnly: true },
];

export function StripeEventTable({ events }: { events: readonly ListedEvent[] }) {
  return (
    <DataTable caption="Stripe's events, newest first" columns={columns}>
      {events.map((event) => (
        <tr key={event.id}>
          <RowHeader>
            {event.type}
            <code className="block text-[0.8125rem] text-muted">{event.id}</code>
            <span className="text-sm text-muted sm:hidden">
              <DateTime at={event.lastReceivedAt} />
            </span>
          </RowHeader>
          <Cell>
            <DeliveryOutcomeBadge outcome={event.outcome} />
            {event.error && <span className="mt-1 block text-sm text-danger">{event.error}</span>}
          </Cell>
          <Cell>
            {event.purchaseId !== null && (
              <Link
                to={`/admin/purchases/${event.purchaseId}`}
                className="underline decoration-line underline-offset-4 hover:decoration-ink"
              >
                {event.reference}
              </Link>
            )}
          </Cell>
          <Cell wideOnly>
            <DateTime at={event.lastReceivedAt} />
          </Cell>
          <Cell wideOnly>{event.attempts}</Cell>
        </tr>
      ))}
    </DataTable>
  );
}
