import { Form, Link, useLocation, useNavigation } from "@remix-run/react";
import type { PurchaseStatus } from "~/db/enums";
import { formatPrice } from "~/features/courses/money";
import { flagInstructions } from "~/features/purchases/payment-flags";
import { canSettle, purchaseStatusLabels } from "~/features/purchases/purchase-status";
import { Badge, type BadgeTone } from "~/ui/badge";
import { Button, buttonClass } from "~/ui/button";
import { Cell, DataTable, RowHeader } from "~/ui/data-table";
import { DateTime } from "~/ui/date-time";
import type { listPurchases } from "../purchase-list.server";
import { dialogUrl, type SettleRequest, settlementTriggerId } from "./settlement-dialog";

type ListedPurchase = Awaited<ReturnType<typeof listPurchases>>["rows"][number];

const tones: Record<PurchaseStatus, BadgeTone> = {
  pending: "accent",
  paid: "success",
  cancelled: "neutral",
  refunded: "danger",
};

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
              {purchase.reference}, <DateTime at={purchase.createdAt} dateOnly />
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
            <Badge tone={tones[purchase.status]}>{purchaseStatusLabels[purchase.status]}</Badge>
            {purchase.flag !== null && (
              <p role="note" className="mt-1 max-w-[40ch] text-sm text-danger">
                {flagInstructions[purchase.flag]}
              </p>
            )}
            {mayChange && <SettlementActions purchase={purchase} />}
          </Cell>
        </tr>
      ))}
    </DataTable>
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

function SettlementActions({ purchase }: { purchase: ListedPurchase }) {
  const { id, status, reference } = purchase;
  const busy = useNavigation().formData?.get("purchaseId") === id;
  const can = {
    pay: canSettle(status, "paid"),
    cancel: canSettle(status, "cancelled"),
    refund: canSettle(status, "refunded"),
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
        <SettleLink settleRequest={{ settlement: "refunded", purchase }}>Refund…</SettleLink>
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
