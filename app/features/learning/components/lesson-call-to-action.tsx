import { coursePath } from "~/features/courses/course-urls";
import { formatPrice } from "~/features/courses/money";
import { ButtonLink } from "~/ui/button-link";
import type { LessonPage } from "../lesson-page.server";

export function LessonCallToAction({
  course,
  lesson,
  offer,
}: Pick<LessonPage, "course" | "lesson" | "offer">) {
  if (offer.kind === "not-offered") return null;
  const isFree = course.priceMinor === 0;
  return (
    <section
      aria-labelledby="enroll"
      className="rounded-md border border-line bg-surface p-6 print:hidden"
    >
      <h2 id="enroll" className="text-xl leading-snug">
        {lesson.isOpen ? "This is a preview" : "This lesson is for enrolled learners"}
      </h2>
      <p className="mt-2 text-muted">
        {lesson.isOpen ? "Enroll to read the other lessons." : "Enroll to read it."}{" "}
        {isFree ? "The course is free." : `The course costs ${formatPrice(course)}.`}
      </p>
      <div className="mt-5">
        <ButtonLink to={coursePath(course.slug)}>View course</ButtonLink>
      </div>
    </section>
  );
}
