import { coursePath } from "~/features/courses/course-urls";
import { formatPrice } from "~/features/courses/money";
import { ButtonLink } from "~/ui/button-link";
import type { LessonPage } from "../lesson-page.server";

/** Where a lesson would go on for those who are in the course: what to do to be one of them. */
export function LessonCallToAction({
  course,
  lesson,
  offer,
}: Pick<LessonPage, "course" | "lesson" | "offer">) {
  if (offer.kind === "not-offered") return null;
  const isFree = course.priceMinor === 0;
  return (
    <section aria-labelledby="invitation" className="rounded-md border border-line bg-surface p-6">
      <h2 id="invitation" className="text-xl leading-snug">
        {lesson.isOpen ? "This is a preview" : "This lesson is for those who take the course"}
      </h2>
      <p className="mt-2 text-muted">
        {lesson.isOpen ? "The other lessons open with the course" : "It opens with the course"}
        {isFree ? ", which is free." : `, for ${formatPrice(course)}.`}
      </p>
      <div className="mt-5">
        <ButtonLink to={coursePath(course.slug)}>See the course</ButtonLink>
      </div>
    </section>
  );
}
