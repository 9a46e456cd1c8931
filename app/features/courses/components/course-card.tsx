import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import type { Cover } from "~/db/enums";
import { coursePath } from "../course-urls";
import { CourseCover } from "./course-cover";

interface CourseCardProps {
  course: { slug: string; title: string; summary?: string; cover: Cover };
  isAboveFold?: boolean;
  headingLevel?: 2 | 3;
  children: ReactNode;
}

export function CourseGrid({ children }: { children: ReactNode }) {
  return <ul className="grid gap-x-8 gap-y-12 sm:grid-cols-2 lg:grid-cols-3">{children}</ul>;
}

/** The title is the link; the whole card is its click target. */
export function CourseCard({
  course,
  isAboveFold = false,
  headingLevel = 3,
  children,
}: CourseCardProps) {
  const Heading = `h${headingLevel}` as const;
  return (
    <li className="group relative flex flex-col">
      <CourseCover cover={course.cover} isAboveFold={isAboveFold} />
      <Heading className="mt-4 text-[1.375rem] leading-snug">
        <Link
          to={coursePath(course.slug)}
          className="decoration-1 underline-offset-4 group-hover:underline after:absolute after:inset-0 after:rounded-md"
        >
          {course.title}
        </Link>
      </Heading>
      {course.summary && <p className="mt-1.5 text-muted">{course.summary}</p>}
      <div className="mt-auto pt-3 text-[0.9375rem]">{children}</div>
    </li>
  );
}
