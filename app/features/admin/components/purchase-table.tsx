import { Link, useLocation } from "@remix-run/react";
import { formatPrice } from "~/features/courses/money";
import { canSettle, type Settlement, settlements } from "~/features/purchases/purchase-status";
import { instructionsFor } from "~/features/purchases/refunds/money-flags";
import { buttonClass } from "~/ui/button";
import { Cell, DataTable, RowHeader } from "~/ui/data-table";
import { DateTime } from "~/ui/date-time";
import type { ListedPurchase } from "../purchase-list.server";
import { PurchaseStatus } from "./purchase-status";
import { dialogUrl, settlementTriggerId } from "./settlement-dialog";

const columns = [
  { label: "Purchase" },
  { label: "Price", wideOnly: true },
  { label: "Ordered", wideOnly: "large" },
  { label: "Paid", wideOnly: "large" },
  { label: "Status" },
] as const;

interface PurchaseTableProps {
  caption: string;
  purchases: readonly ListedPurchase[];
  mayChange: boolean;
}

export function PurchaseTable({ caption, purchases, mayChange }: PurchaseTableProps) {
  return (
    <DataTable caption={caption} columns={columns}>
      {purchases.map((purchase) => (
        <tr key={purchase.id}>
          <RowHeader>
            <Link to={`/admin/courses/${purchase.courseId}`} className={`font-medium ${linkClass}`}>
              {purchase.snapshot.title}
            </Link>
            <span className="block text-sm text-muted">
              <Link to={`/admin/purchases/${purchase.id}`} className={linkClass}>
                {purchase.reference}
              </Link>
            </span>
            <span className="block">
              <BuyerLink {...purchase.person} />
            </span>
            <span className="block text-sm sm:hidden">{formatPrice(purchase)}</span>
            <span className="block text-sm text-muted lg:hidden">
              Ordered <DateTime at={purchase.createdAt} dateOnly />
              {purchase.paidAt !== null && (
                <>
                  , paid <DateTime at={purchase.paidAt} dateOnly />
                </>
              )}
            </span>
          </RowHeader>
          <Cell wideOnly>{formatPrice(purchase)}</Cell>
          <Cell wideOnly="large">
            <DateTime at={purchase.createdAt} dateOnly />
          </Cell>
          <Cell wideOnly="large">
            {purchase.paidAt === null ? "–" : <DateTime at={purchase.paidAt} dateOnly />}
          </Cell>
          <Cell>
            <PurchaseStatus status={purchase.status} />
            <EndDate {...purchase} />
            {instructionsFor(purchase).map((text) => (
              <p key={text} role="note" className="mt-1 max-w-[40ch] text-sm text-danger">
                {text}
              </p>
            ))}
            {mayChange && <SettlementActions purchase={purchase} />}
          </Cell>
        </tr>
      ))}
    </DataTable>
  );
}

/** When the order was canceled or the purchase refunded. */
function EndDate({ cancelledAt, refundedAt }: ListedPurchase) {
  const endedAt = refundedAt ?? cancelledAt;
  if (endedAt === null) return null;
  return (
    <span className="block text-sm text-muted">
      <DateTime at={endedAt} dateOnly />
    </span>
  );
}

const linkClass = "underline decoration-line underline-offset-4 hover:decoration-ink";

function BuyerLink({ id, name }: { id: string; name: string }) {
  return (
    <Link to={`/admin/users/${id}`} className={linkClass}>
      {name}
    </Link>
  );
}

const settlementLabels: Record<Settlement, string> = {
  paid: "Mark as paid…",
  cancelled: "Cancel order…",
};

function SettlementActions({ purchase }: { purchase: ListedPurchase }) {
  const { search } = useLocation();
  const { status, paymentState } = purchase;
  const possible = settlements.filter(
    // A bank may still confirm the payment.
    (settlement) =>
      canSettle(status, settlement) &&
      !(settlement === "cancelled" && paymentState === "processing"),
  );
  const canRefund = status === "paid";
  if (possible.length === 0 && !canRefund) return null;
  return (
    <div className="mt-2 flex flex-wrap gap-2">
      {possible.map((settlement) => (
        <Link
          key={settlement}
          id={settlementTriggerId({ settlement, purchase })}
          to={dialogUrl(search, { settlement, purchase })}
          replace
          preventScrollReset
          aria-label={`${settlementLabels[settlement]}: ${purchase.reference}`}
          className={buttonClass(settlement === "paid" ? "secondary" : "danger")}
        >
          {settlementLabels[settlement]}
        </Link>
      ))}
      {canRefund && (
        <Link
          to={`/admin/purchases/${purchase.id}`}
          aria-label={`Refund…: ${purchase.reference}`}
          className={buttonClass("danger")}
        >
          Refund…
        </Link>
      )}
    </div>
  );
}
