import { Link } from "@remix-run/react";
import { formatPrice } from "~/features/courses/money";
import { PurchaseStatusBadge } from "~/features/purchases/components/purchase-status-badge";
import { Cell, DataTable, RowHeader } from "~/ui/data-table";
import { DateTime } from "~/ui/date-time";
import { Section } from "~/ui/section";
import type { findUserDetails } from "../user-details.server";

type Details = NonNullable<Awaited<ReturnType<typeof findUserDetails>>>;

const columns = [
  { label: "Purchase" },
  { label: "Ordered", wideOnly: true },
  { label: "Status" },
] as const;

interface UserPurchasesProps extends Pick<Details, "purchases" | "hasMorePurchases"> {
  userId: string;
  mayRefund: boolean;
}

export function UserPurchases({
  userId,
  purchases,
  hasMorePurchases,
  mayRefund,
}: UserPurchasesProps) {
  return (
    <Section title="Purchases">
      {purchases.length === 0 ? (
        <p className="text-muted">No purchases yet.</p>
      ) : (
        <DataTable caption="Latest purchases of this user" columns={columns}>
          {purchases.map((purchase) => (
            <tr key={purchase.id}>
              <RowHeader>
                <Link
                  to={`/admin/purchases/${purchase.id}`}
                  className="font-medium underline decoration-line underline-offset-4 hover:decoration-ink"
                >
                  {purchase.reference}
                </Link>
                <span className="block">{purchase.snapshot.title}</span>
                <span className="block text-sm text-muted">{formatPrice(purchase)}</span>
              </RowHeader>
              <Cell wideOnly>
                <DateTime at={purchase.createdAt} dateOnly />
              </Cell>
              <Cell>
                <PurchaseStatusBadge status={purchase.status} />
                {mayRefund && purchase.status === "paid" && (
                  <Link
                    to={`/admin/purchases/${purchase.id}`}
                    aria-label={`Refund…: ${purchase.reference}`}
                    className="block underline decoration-line underline-offset-4 hover:decoration-ink"
                  >
                    Refund…
                  </Link>
                )}
              </Cell>
            </tr>
          ))}
        </DataTable>
      )}
      {hasMorePurchases && (
        <p className="mt-4">
          <Link
            to={`/admin/purchases?person=${userId}`}
            className="font-medium text-accent underline underline-offset-4"
          >
            All purchases
          </Link>
        </p>
      )}
    </Section>
  );
}
