import { formatPrice, type Price } from "~/features/courses/money";
import { Notice } from "~/ui/notice";
import type { CourseFailure } from "../course-page-actions.server";

export function EnrollmentErrorNotice({
  kind,
  price,
}: {
  kind: CourseFailure["kind"];
  price: Price;
}) {
  const currentPrice = price.priceMinor === 0 ? "is free" : `costs ${formatPrice(price)}`;
  return (
    <Notice tone="danger">
      {kind === "closed"
        ? "An administrator has removed your access to this course. No order was placed."
        : `The price has changed: this course now ${currentPrice}. No order was placed.`}
    </Notice>
  );
}
