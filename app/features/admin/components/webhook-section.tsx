import { Link } from "@remix-run/react";
import { Pager } from "~/ui/pager";
import type { loadSyncPage } from "../sync-page.server";
import { DeliveryFilter } from "./delivery-filter";
import { DeliveryTable } from "./delivery-table";
import { StripeEventFilter } from "./stripe-event-filter";
import { StripeEventTable } from "./stripe-event-table";

type Webhooks = Awaited<ReturnType<typeof loadSyncPage>>["webhooks"];

export function WebhookSection({ webhooks }: { webhooks: Webhooks }) {
  const { previous, next } = webhooks.page;
  return (
    <section aria-labelledby="deliveries" className="border-t border-line pt-7">
      <h2 id="deliveries" className="mb-4 text-2xl leading-tight">
        Webhook deliveries
      </h2>
      <nav aria-label="Sender" className="mb-6 flex gap-6 text-[0.9375rem]">
        <SenderLink to="/admin/sync" isCurrent={webhooks.source === "clerk"}>
          Clerk
        </SenderLink>
        <SenderLink to="/admin/sync?source=stripe" isCurrent={webhooks.source === "stripe"}>
          Stripe
        </SenderLink>
      </nav>
      {webhooks.source === "clerk" ? (
        <>
          <DeliveryFilter query={webhooks.query} />
          {webhooks.page.rows.length === 0 ? (
            <NoDeliveries />
          ) : (
            <DeliveryTable
              caption="Webhook deliveries, newest first"
              deliveries={webhooks.page.rows}
            />
          )}
        </>
      ) : (
        <>
          <StripeEventFilter query={webhooks.query} />
          {webhooks.page.rows.length === 0 ? (
            <NoDeliveries />
          ) : (
            <StripeEventTable events={webhooks.page.rows} />
          )}
        </>
      )}
      <Pager previous={previous} next={next} />
    </section>
  );
}

const NoDeliveries = () => (
  <p className="text-muted">No matching webhook deliveries in the last 30 days.</p>
);

function SenderLink({
  to,
  isCurrent,
  children,
}: {
  to: string;
  isCurrent: boolean;
  children: string;
}) {
  return (
    <Link
      to={to}
      aria-current={isCurrent ? "page" : undefined}
      className={`underline underline-offset-4 ${isCurrent ? "font-medium decoration-2" : "decoration-line hover:decoration-ink"}`}
    >
      {children}
    </Link>
  );
}
