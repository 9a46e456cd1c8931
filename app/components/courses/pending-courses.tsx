import { coverSize } from "~/features/courses/covers";
import { CourseGrid } from "./course-card";

/** Stands for the latest course until it is known: the room that its cover takes, and the lines beside it. */
export function PendingLatestCourse() {
  return (
    <div className="grid items-center gap-x-12 gap-y-6 md:grid-cols-2">
      <PendingCover />
      <div className="grid gap-y-5">
        <div className="h-9 w-3/4 rounded-md bg-line" />
        <div className="h-1.5 rounded-full bg-line" />
        <div className="h-11 w-1/2 rounded-md bg-line" />
      </div>
    </div>
  );
}

/** Stands for the first row of a grid of courses. */
export function PendingCourses() {
  return (
    <CourseGrid>
      {["first", "second", "third"].map((place) => (
        <li key={place} className="grid content-start gap-y-4">
          <PendingCover />
          <div className="h-7 w-2/3 rounded-md bg-line" />
          <div className="h-12 rounded-md bg-line" />
          <div className="h-1.5 rounded-full bg-line" />
        </li>
      ))}
    </CourseGrid>
  );
}

function PendingCover() {
  return (
    <div
      className="w-full rounded-md border border-line bg-surface"
      style={{ aspectRatio: `${coverSize.width} / ${coverSize.height}` }}
    />
  );
}
