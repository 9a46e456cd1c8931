import { describe, expect, test } from "vitest";
import {
  courseAccess,
  type EnrollmentState,
  lessonAccess,
} from "../../app/access/course-and-lesson-access";
import { courseStatuses, lessonStatuses } from "../../app/db/enums";

const viewers = { nobody: null, user: { role: "user" }, admin: { role: "admin" } } as const;
const enrollments: Record<string, EnrollmentState> = {
  never: null,
  enrolled: { revokedAt: null },
  revoked: { revokedAt: 1 },
};

/**
 * The whole rule as a table: course, lesson, then what nobody, a user who never was in it, one who is, one who no longer is,
 * and an admin get. H is hidden, L locked, O open.
 */
const truth = `
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
const words: Record<string, string> = { H: "hidden", L: "locked", O: "open" };

const rows = truth
  .trim()
  .split("\n")
  .map((line) => line.trim().split(/\s+/));

const columnOf = (viewer: string, enrollment: string) => {
  if (viewer === "nobody") return 2;
  return viewer === "admin" ? 6 : 3 + ["never", "enrolled", "revoked"].indexOf(enrollment);
};

const cases = courseStatuses.flatMap((course) =>
  lessonStatuses.flatMap((lesson) =>
    Object.keys(viewers).flatMap((viewer) =>
      Object.keys(enrollments).map((enrollment) => ({ course, lesson, viewer, enrollment })),
    ),
  ),
);

describe("access to a lesson is what the table says", () => {
  test("for every combination there is one row and one word", () => {
    expect(cases).toHaveLength(81);
    expect(rows).toHaveLength(9);
  });

  test.each(cases)("$viewer ($enrollment), $course course, $lesson lesson", (one) => {
    const row = rows.find(([course, lesson]) => course === one.course && lesson === one.lesson);
    const expected = words[row?.[columnOf(one.viewer, one.enrollment)] ?? ""];
    const viewer = Object.entries(viewers).find(([name]) => name === one.viewer)?.[1] ?? null;
    const enrollment = enrollments[one.enrollment] ?? null;
    const course = { status: one.course };
    expect(lessonAccess(viewer, { status: one.lesson }, course, enrollment)).toBe(expected);
    const mayBeListed = courseAccess(viewer, course, enrollment) === "open";
    if (expected !== "hidden") expect(mayBeListed).toBe(true);
  });
});

test("a course is open to everybody once published, to those in it when archived, to admins always", () => {
  const open = courseStatuses.flatMap((status) =>
    Object.entries(viewers).flatMap(([viewer, who]) =>
      Object.entries(enrollments)
        .filter(([, enrollment]) => courseAccess(who, { status }, enrollment) === "open")
        .map(([enrollment]) => `${status} ${viewer} ${enrollment}`),
    ),
  );
  const everyone = Object.keys(viewers).flatMap((viewer) =>
    Object.keys(enrollments).map((enrollment) => `published ${viewer} ${enrollment}`),
  );
  const always = ["draft", "archived"].flatMap((status) =>
    Object.keys(enrollments).map((enrollment) => `${status} admin ${enrollment}`),
  );
  expect(open.sort()).toEqual([...everyone, ...always, "archived user enrolled"].sort());
});
