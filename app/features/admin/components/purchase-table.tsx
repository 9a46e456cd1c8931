import { Form, Link, useLocation, useNavigation } from "@remix-run/react";
import { formatPrice } from "~/features/courses/money";
import { flagInstructions } from "~/features/purchases/payment-flags";
import { canSettle } from "~/features/purchases/purchase-status";
import { moneyFlagInstructions } from "~/features/purchases/refunds/money-flags";
import { Button, buttonClass } from "~/ui/button";
import { Cell, DataTable, RowHeader } from "~/ui/data-table";
import { DateTime } from "~/ui/date-time";
import type { listPurchases } from "../purchase-list.server";
import { PurchaseStatus } from "./purchase-status";
import { dialogUrl, type SettleRequest, settlementTriggerId } from "./settlement-dialog";

type ListedPurchase = Awaited<ReturnType<typeof listPurchases>>["rows"][number];

const columns = [
  { label: "Purchase" },
  { label: "Buyer", wideOnly: true },
  { label: "Price", wideOnly: true },
  { label: "Status" },
];

interface PurchaseTableProps {
  purchases: readonly ListedPurchase[];
  mayChange: boolean;
}

export function PurchaseTable({ purchases, mayChange }: PurchaseTableProps) {
  return (
    <DataTable caption="Purchases, newest first" columns={columns}>
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
              , <DateTime at={purchase.createdAt} dateOnly />
            </span>
            <span className="block text-sm sm:hidden">
              {formatPrice(purchase)}, <BuyerLink {...purchase.person} />
            </span>
          </RowHeader>
          <Cell wideOnly>
            <BuyerLink {...purchase.person} />
          </Cell>
          <Cell wideOnly>{formatPrice(purchase)}</Cell>
          <Cell>
            <PurchaseStatus status={purchase.status} />
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

/** What an admin has to do. */
function instructionsFor({ flag, hasFailedRefund, hasOpenDispute }: ListedPurchase): string[] {
  return [
    ...(flag === null ? [] : [flagInstructions[flag]]),
    ...(hasFailedRefund ? [moneyFlagInstructions["refund-failed"]] : []),
    ...(hasOpenDispute ? [moneyFlagInstructions["dispute-open"]] : []),
  ];
}

const linkClass = "underline decoration-line underline-offset-4 hover:decoration-ink";

function BuyerLink({ id, name }: { id: string; name: string }) {
  return (
    <Link to={`/admin/users/${id}`} className={linkClass}>
      {name}
    </Link>
  );
}

function SettlementActions({ purchase }: { purchase: ListedPurchase }) {
  const { id, status, reference } = purchase;
  const busy = useNavigation().formData?.get("purchaseId") === id;
  const can = {
    pay: canSettle(status, "paid"),
    cancel: canSettle(status, "cancelled"),
    refund: status === "paid",
  };
  if (!can.pay && !can.cancel && !can.refund) return null;
  return (
    <div className="mt-2 flex flex-wrap gap-2">
      {can.pay && (
        <Form method="post" preventScrollReset>
          <input type="hidden" name="purchaseId" value={id} />
          <Button
            name="settlement"
            value="paid"
            variant="secondary"
            busy={busy}
            busyText="Saving…"
            aria-label={`Mark as paid: ${reference}`}
          >
            Mark as paid
          </Button>
        </Form>
      )}
      {can.cancel && (
        <SettleLink settleRequest={{ settlement: "cancelled", purchase }}>Cancel order…</SettleLink>
      )}
      {can.refund && (
        <Link
          to={`/admin/purchases/${id}`}
          aria-label={`Refund…: ${reference}`}
          className={buttonClass("danger")}
        >
          Refund…
        </Link>
      )}
    </div>
  );
}

function SettleLink({
  settleRequest,
  children,
}: {
  settleRequest: SettleRequest;
  children: string;
}) {
  const { search } = useLocation();
  return (
    <Link
      id={settlementTriggerId(settleRequest)}
      to={dialogUrl(search, settleRequest)}
      replace
      preventScrollReset
      aria-label={`${children}: ${settleRequest.purchase.reference}`}
      className={buttonClass("danger")}
    >
      {children}
    </Link>
  );
}
