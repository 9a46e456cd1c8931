import { Link } from "@remix-run/react";
import { coursePath } from "~/features/courses/course-urls";
import { countLessons } from "~/features/courses/format";
import { formatPrice } from "~/features/courses/money";
import { Moment } from "~/ui/date-time";
import { Fact, Facts } from "~/ui/description-list";
import { Section } from "~/ui/section";
import type { Receipt } from "../receipt.server";
import { PurchaseStatusLabel } from "./purchase-status-badge";

const stamps = [
  ["Paid", "paidAt"],
  ["Cancelled", "cancelledAt"],
  ["Refunded", "refundedAt"],
] as const;

/** Who bought what, when and for how much: as it was then, whatever became of the course. */
export function ReceiptFacts({ purchase, buyer }: Receipt) {
  const { snapshot, reference, status, createdAt, courseSlug } = purchase;
  return (
    <Section title="Details">
      <Facts>
        <Fact term="Reference">
          <span className="font-medium tabular-nums">{reference}</span>
        </Fact>
        <Fact term="Status">
          <PurchaseStatusLabel status={status} />
        </Fact>
        <Fact term="Buyer">{buyer}</Fact>
        <Fact term="Ordered">
          <Moment at={createdAt} dateOnly />
        </Fact>
        {stamps.map(([term, name]) => {
          const at = purchase[name];
          return (
            at !== null && (
              <Fact key={name} term={term}>
                <Moment at={at} dateOnly />
              </Fact>
            )
          );
        })}
        <Fact term="Item">
          {snapshot.title}
          <span className="block text-sm text-muted">
            Online course, {countLessons(snapshot.lessons)}
          </span>
        </Fact>
        <Fact term="Amount">
          <span className="text-xl tabular-nums">{formatPrice(purchase)}</span>
        </Fact>
      </Facts>
      <p className="mt-8 print:hidden">
        <Link to={coursePath(courseSlug)} className="text-accent underline underline-offset-4">
          Go to the course
        </Link>
      </p>
    </Section>
  );
}
