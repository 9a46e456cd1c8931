import { describe, expect, test } from "vitest";
import {
  courseAccess,
  type EnrollmentState,
  lessonAccess,
} from "../../app/access/course-and-lesson-access";
import { courseStatuses, lessonStatuses } from "../../app/db/enums";

const viewers = { anonymous: null, user: { role: "user" }, admin: { role: "admin" } } as const;
const enrollments: Record<string, EnrollmentState> = {
  never: null,
  enrolled: { revokedAt: null },
  revoked: { revokedAt: 1 },
};

/**
 * Access by course and lesson status. Columns: signed out, never enrolled, enrolled, revoked,
 * admin. H is hidden, L is locked, O is open.
 */
const accessTable = `
  draft      public   H  H H H  O
  draft      preview  H  H H H  O
  draft      private  H  H H H  O
  published  public   L  L O L  O
  published  preview  O  O O O  O
  published  private  H  H H H  O
  archived   public   H  H O H  O
  archived   preview  H  H O H  O
  archived   private  H  H H H  O
`;
const accessByLetter: Record<string, string> = { H: "hidden", L: "locked", O: "open" };

const rows = accessTable
  .trim()
  .split("\n")
  .map((line) => line.trim().split(/\s+/));

const columnOf = (viewer: string, enrollment: string) => {
  if (viewer === "anonymous") return 2;
  return viewer === "admin" ? 6 : 3 + ["never", "enrolled", "revoked"].indexOf(enrollment);
};

const cases = courseStatuses.flatMap((course) =>
  lessonStatuses.flatMap((lesson) =>
    Object.keys(viewers).flatMap((viewer) =>
      Object.keys(enrollments).map((enrollment) => ({ course, lesson, viewer, enrollment })),
    ),
  ),
);

describe("lesson access matches the table", () => {
  test("the table covers every combination", () => {
    expect(cases).toHaveLength(81);
    expect(rows).toHaveLength(9);
  });

  test.each(cases)("$viewer ($enrollment), $course course, $lesson lesson", (one) => {
    const row = rows.find(([course, lesson]) => course === one.course && lesson === one.lesson);
    const expected = accessByLetter[row?.[columnOf(one.viewer, one.enrollment)] ?? ""];
    const viewer = Object.entries(viewers).find(([name]) => name === one.viewer)?.[1] ?? null;
    const enrollment = enrollments[one.enrollment] ?? null;
    const course = { status: one.course };
    expect(lessonAccess(viewer, { status: one.lesson }, course, enrollment)).toBe(expected);
    const mayBeListed = courseAccess(viewer, course, enrollment) === "open";
    if (expected !== "hidden") expect(mayBeListed).toBe(true);
  });
});

test("a published course is open to everyone, an archived one to enrolled users, any course to admins", () => {
  const open = courseStatuses.flatMap((status) =>
    Object.entries(viewers).flatMap(([role, viewer]) =>
      Object.entries(enrollments)
        .filter(([, enrollment]) => courseAccess(viewer, { status }, enrollment) === "open")
        .map(([enrollment]) => `${status} ${role} ${enrollment}`),
    ),
  );
  const published = Object.keys(viewers).flatMap((viewer) =>
    Object.keys(enrollments).map((enrollment) => `published ${viewer} ${enrollment}`),
  );
  const adminOnly = ["draft", "archived"].flatMap((status) =>
    Object.keys(enrollments).map((enrollment) => `${status} admin ${enrollment}`),
  );
  expect(open.sort()).toEqual([...published, ...adminOnly, "archived user enrolled"].sort());
});
