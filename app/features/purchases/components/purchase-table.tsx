import { Link } from "@remix-run/react";
import type { PurchaseSnapshot, PurchaseStatus } from "~/db/enums";
import { formatPrice, type Price } from "~/features/courses/money";
import { DateTime } from "~/ui/date-time";
import { isReceipt } from "../purchase-status";
import { PurchaseStatusBadge } from "./purchase-status-badge";

interface ListedPurchase extends Price {
  id: string;
  snapshot: PurchaseSnapshot;
  status: PurchaseStatus;
  createdAt: number;
}

const headClass = "py-2 pr-4 font-normal";
const cellClass = "py-4 pr-4 align-top";

export function PurchaseTable({ purchases }: { purchases: readonly ListedPurchase[] }) {
  return (
    <table className="w-full border-collapse text-left">
      <caption className="sr-only">Your purchases, newest first</caption>
      <thead className="border-b border-line text-sm text-muted">
        <tr>
          <th scope="col" className={headClass}>
            Course
          </th>
          <th scope="col" className={`${headClass} max-sm:hidden`}>
            Date
          </th>
          <th scope="col" className={`${headClass} max-sm:hidden`}>
            Status
          </th>
          <th scope="col" className="py-2 text-right font-normal">
            Price
          </th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {purchases.map((purchase) => (
          <PurchaseRow key={purchase.id} purchase={purchase} />
        ))}
      </tbody>
    </table>
  );
}

function PurchaseRow({ purchase }: { purchase: ListedPurchase }) {
  const { id, snapshot, status, createdAt } = purchase;
  return (
    <tr>
      <th scope="row" className={`${cellClass} font-normal [overflow-wrap:anywhere]`}>
        <span className="block font-serif text-lg leading-snug">{snapshot.title}</span>
        <span className="mt-1 flex flex-wrap gap-x-3 gap-y-1 text-sm text-muted sm:hidden">
          <DateTime at={createdAt} dateOnly />
          <PurchaseStatusBadge status={status} />
        </span>
        <Link
          to={`/purchases/${id}`}
          className="mt-1 inline-block text-[0.9375rem] text-accent underline underline-offset-4"
        >
          {isReceipt(status) ? "View receipt" : "View order"}
          <span className="sr-only">: {snapshot.title}</span>
        </Link>
      </th>
      <td className={`${cellClass} max-sm:hidden`}>
        <DateTime at={createdAt} dateOnly />
      </td>
      <td className={`${cellClass} max-sm:hidden`}>
        <PurchaseStatusBadge status={status} />
      </td>
      <td className="py-4 text-right align-top tabular-nums">{formatPrice(purchase)}</td>
    </tr>
  );
}
