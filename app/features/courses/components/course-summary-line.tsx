import { formatLessonCount, formatMinutes } from "../format";
import { formatPrice, type Price } from "../money";

interface CourseSummaryLineProps {
  price?: Price;
  lessons: number;
  minutes: number;
}

export function CourseSummaryLine({ price, lessons, minutes }: CourseSummaryLineProps) {
  return (
    <ul className="flex flex-wrap text-muted [&>li+li]:before:px-2 [&>li+li]:before:content-['·']">
      {price && <li className="font-medium text-ink">{formatPrice(price)}</li>}
      <li>{formatLessonCount(lessons)}</li>
      {minutes > 0 && <li>{formatMinutes(minutes)}</li>}
    </ul>
  );
}
