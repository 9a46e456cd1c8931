import { Form, Link, useLocation, useNavigation } from "@remix-run/react";
import type { PurchaseStatus } from "~/db/enums";
import { formatPrice } from "~/features/courses/money";
import { canSettle } from "~/features/purchases/purchase-status";
import { Label, type Tone } from "~/ui/badge";
import { Button, buttonLook } from "~/ui/button";
import { Cell, DataTable, HeadCell } from "~/ui/data-table";
import { Moment } from "~/ui/date-time";
import type { listPurchases } from "../purchase-list.server";
import { type Asked, settleOpener, urlAsking } from "./settlement-dialog";

export type ListedPurchase = Awaited<ReturnType<typeof listPurchases>>["rows"][number];

const tones: Record<PurchaseStatus, Tone> = {
  pending: "strong",
  paid: "good",
  cancelled: "plain",
  refunded: "bad",
};

const columns = [
  { label: "Purchase" },
  { label: "Person", wideOnly: true },
  { label: "Price", wideOnly: true },
  { label: "Status" },
];

interface PurchaseTableProps {
  purchases: readonly ListedPurchase[];
  mayChange: boolean;
}

/** Everybody's purchases, and what can be made of each. */
export function PurchaseTable({ purchases, mayChange }: PurchaseTableProps) {
  return (
    <DataTable caption="Purchases, the latest first" columns={columns}>
      {purchases.map((purchase) => (
        <tr key={purchase.id}>
          <HeadCell>
            <Link to={`/admin/courses/${purchase.courseId}`} className={`font-medium ${linkLook}`}>
              {purchase.snapshot.title}
            </Link>
            <span className="block text-sm text-muted">
              {purchase.reference}, <Moment at={purchase.createdAt} dateOnly />
            </span>
            <span className="block text-sm sm:hidden">
              {formatPrice(purchase)}, <PersonLink {...purchase.person} />
            </span>
          </HeadCell>
          <Cell wideOnly>
            <PersonLink {...purchase.person} />
          </Cell>
          <Cell wideOnly>{formatPrice(purchase)}</Cell>
          <Cell>
            <Label tone={tones[purchase.status]}>{purchase.status}</Label>
            {mayChange && <Settling purchase={purchase} />}
          </Cell>
        </tr>
      ))}
    </DataTable>
  );
}

const linkLook = "underline decoration-line underline-offset-4 hover:decoration-ink";

function PersonLink({ id, name }: { id: string; name: string }) {
  return (
    <Link to={`/admin/users/${id}`} className={linkLook}>
      {name}
    </Link>
  );
}

/** The buttons of a purchase: those for what it can become. */
function Settling({ purchase }: { purchase: ListedPurchase }) {
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
            look="secondary"
            busy={busy}
            busyText="One moment…"
            aria-label={`Mark as paid: ${reference}`}
          >
            Mark as paid
          </Button>
        </Form>
      )}
      {can.cancel && <AskLink asked={{ settlement: "cancelled", purchase }}>Cancel order…</AskLink>}
      {can.refund && <AskLink asked={{ settlement: "refunded", purchase }}>Refund…</AskLink>}
    </div>
  );
}

function AskLink({ asked, children }: { asked: Asked; children: string }) {
  const { search } = useLocation();
  return (
    <Link
      id={settleOpener(asked)}
      to={urlAsking(search, asked)}
      replace
      preventScrollReset
      aria-label={`${children}: ${asked.purchase.reference}`}
      className={buttonLook("danger")}
    >
      {children}
    </Link>
  );
}
