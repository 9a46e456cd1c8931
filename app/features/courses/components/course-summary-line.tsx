import { countLessons, formatMinutes } from "../format";
import { formatPrice, type Price } from "../money";

interface CourseFactsProps {
  price?: Price;
  lessons: number;
  minutes: number;
}

/** What a course costs, how many lessons it has and how long they take. */
export function CourseFacts({ price, lessons, minutes }: CourseFactsProps) {
  return (
    <ul className="flex flex-wrap text-muted [&>li+li]:before:px-2 [&>li+li]:before:content-['·']">
      {price && <li className="font-medium text-ink">{formatPrice(price)}</li>}
      <li>{countLessons(lessons)}</li>
      {minutes > 0 && <li>{formatMinutes(minutes)}</li>}
    </ul>
  );
}
