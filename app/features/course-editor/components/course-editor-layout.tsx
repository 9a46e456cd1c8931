import { Link, NavLink, useLocation } from "@remix-run/react";
import type { ReactNode } from "react";
import type { CourseStatus } from "~/db/enums";
import { coursePath } from "~/features/courses/course-urls";
import { CourseStatusBadge } from "./status-badges";

interface CourseEditorLayoutProps {
  course: { id: string; slug: string; title: string; status: CourseStatus };
  children: ReactNode;
}

export function CourseEditorLayout({ course, children }: CourseEditorLayoutProps) {
  const path = `/admin/courses/${course.id}`;
  return (
    <div className="mx-auto max-w-6xl px-5 py-10 sm:px-8 sm:py-14">
      <p className="text-[0.9375rem]">
        <Link to="/admin/courses" className="text-muted underline underline-offset-4">
          Courses
        </Link>
      </p>
      <h1 className="mt-2 text-title leading-[1.1] [overflow-wrap:anywhere]">{course.title}</h1>
      <p className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-1 text-[0.9375rem]">
        <CourseStatusBadge status={course.status} />
        <Link
          to={coursePath(course.slug)}
          className="text-accent underline underline-offset-4 [overflow-wrap:anywhere]"
        >
          View course page
        </Link>
      </p>
      <nav aria-label="Course" className="mt-8 border-b border-line">
        <ul className="flex gap-x-6 text-[0.9375rem]">
          <CourseLink to={path}>Details</CourseLink>
          <CourseLink to={`${path}/outline`} childPrefix={`${path}/lessons/`}>
            Outline
          </CourseLink>
          <CourseLink to={`${path}/people`}>Learners</CourseLink>
        </ul>
      </nav>
      <div className="mt-10 grid grid-cols-1 gap-y-14 [&>section:first-child]:border-t-0 [&>section:first-child]:pt-0">
        {children}
      </div>
    </div>
  );
}

interface CourseLinkProps {
  to: string;
  /** Paths with this prefix also make the link active. */
  childPrefix?: string;
  children: ReactNode;
}

function CourseLink({ to, childPrefix, children }: CourseLinkProps) {
  const { pathname } = useLocation();
  const isChild = childPrefix !== undefined && pathname.startsWith(childPrefix);
  return (
    <li>
      <NavLink
        to={to}
        end
        className={({ isActive }) =>
          `-mb-px block border-b py-3 transition-colors hover:text-ink ${
            isActive || isChild ? "border-accent text-ink" : "border-transparent text-muted"
          }`
        }
      >
        {children}
      </NavLink>
    </li>
  );
}
