import { Link } from "@remix-run/react";
import { coursePath } from "~/features/courses/course-urls";
import { formatLessonCount } from "~/features/courses/format";
import { formatPrice } from "~/features/courses/money";
import { DateTime } from "~/ui/date-time";
import { DescriptionItem, DescriptionList } from "~/ui/description-list";
import { Section } from "~/ui/section";
import { isReceipt } from "../purchase-status";
import type { Receipt } from "../receipt.server";
import { PurchaseStatusBadge } from "./purchase-status-badge";

const timestamps = [
  ["Paid", "paidAt"],
  ["Canceled", "cancelledAt"],
  ["Refunded", "refundedAt"],
] as const;

/** Shows the course as it was when ordered, whatever changed since. */
export function ReceiptDetails({ purchase, buyer, seller, instructions }: Receipt) {
  const { snapshot, reference, status, createdAt, courseSlug } = purchase;
  return (
    <Section title="Details">
      <DescriptionList>
        <DescriptionItem term="Reference">
          <span className="font-medium tabular-nums">{reference}</span>
        </DescriptionItem>
        <DescriptionItem term="Status">
          <PurchaseStatusBadge status={status} />
        </DescriptionItem>
        <DescriptionItem term="Buyer">{buyer}</DescriptionItem>
        {seller !== null && (
          <DescriptionItem term="Seller">
            <span className="whitespace-pre-line">{seller}</span>
          </DescriptionItem>
        )}
        <DescriptionItem term="Ordered">
          <DateTime at={createdAt} dateOnly />
        </DescriptionItem>
        {timestamps.map(([term, name]) => {
          const at = purchase[name];
          return (
            at !== null && (
              <DescriptionItem key={name} term={term}>
                <DateTime at={at} dateOnly />
              </DescriptionItem>
            )
          );
        })}
        <DescriptionItem term="Item">
          {snapshot.title}
          <span className="block text-sm text-muted">
            Online course, {formatLessonCount(snapshot.lessons)}
          </span>
        </DescriptionItem>
        <DescriptionItem term="Amount">
          <span className="text-xl tabular-nums">{formatPrice(purchase)}</span>
        </DescriptionItem>
        <PaymentItems purchase={purchase} instructions={instructions} />
      </DescriptionList>
      <p className="mt-8 flex flex-wrap gap-6 print:hidden">
        <Link to={coursePath(courseSlug)} className="text-accent underline underline-offset-4">
          Go to the course
        </Link>
        {isReceipt(status) && (
          <button
            type="button"
            onClick={() => window.print()}
            className="cursor-pointer text-accent underline underline-offset-4"
          >
            Print receipt
          </button>
        )}
      </p>
    </Section>
  );
}

function PaymentItems({ purchase, instructions }: Pick<Receipt, "purchase" | "instructions">) {
  const { taxMinor, currency, method, refundedMinor, status, paymentState } = purchase;
  const isPaidOutside = isReceipt(status) && paymentState !== "paid";
  return (
    <>
      {refundedMinor > 0 && (
        <DescriptionItem term="Amount refunded">
          {formatPrice({ priceMinor: refundedMinor, currency })}
        </DescriptionItem>
      )}
      {taxMinor !== null && (
        <DescriptionItem term="Including tax">
          {formatPrice({ priceMinor: taxMinor, currency })}
        </DescriptionItem>
      )}
      {method !== null && <DescriptionItem term="Payment method">{method}</DescriptionItem>}
      {isPaidOutside && method === null && (
        <DescriptionItem term="Payment method">Paid outside this site</DescriptionItem>
      )}
      {isPaidOutside && instructions !== null && (
        <DescriptionItem term="Payment instructions">
          <span className="whitespace-pre-line">{instructions}</span>
        </DescriptionItem>
      )}
    </>
  );
}
