import { Link } from "@remix-run/react";
import { Section } from "~/ui/section";
import type { findUserDetails } from "../user-details.server";
import { AuditTable } from "./audit-table";
import { DeliveryTable } from "./delivery-table";

type Details = NonNullable<Awaited<ReturnType<typeof findUserDetails>>>;

export function UserDeliveries({ deliveries }: Pick<Details, "deliveries">) {
  return (
    <Section title="Webhook deliveries">
      {deliveries.length === 0 ? (
        <p className="text-muted">None in the last 30 days.</p>
      ) : (
        <DeliveryTable caption="Latest webhook deliveries for this user" deliveries={deliveries} />
      )}
    </Section>
  );
}

/** The latest entries about or by the user. */
export function UserAudit({ user, audit }: Pick<Details, "user" | "audit">) {
  return (
    <Section title="Audit">
      {audit.length === 0 ? (
        <p className="text-muted">No audit entries yet.</p>
      ) : (
        <>
          <AuditTable caption="Latest audit entries about or by this user" entries={audit} />
          <p className="mt-4">
            <Link
              to={`/admin/audit?person=${user.id}`}
              className="font-medium text-accent underline underline-offset-4"
            >
              All entries
            </Link>
          </p>
        </>
      )}
    </Section>
  );
}
