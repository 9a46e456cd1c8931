import { formatPrice, type Price } from "~/features/courses/money";
import { Notice } from "~/ui/notice";
import type { CourseFailure } from "../course-page-actions.server";

/** Why nothing was taken or ordered; the price is the one that holds now. */
export function EnrollmentErrorNotice({
  kind,
  price,
}: {
  kind: CourseFailure["kind"];
  price: Price;
}) {
  const now = price.priceMinor === 0 ? "It is free now" : `It costs ${formatPrice(price)} now`;
  return (
    <Notice tone="danger">
      {kind === "closed"
        ? "An administrator has closed this course to you. Nothing was ordered."
        : `The price has changed while you were here. ${now}; nothing was ordered.`}
    </Notice>
  );
}
