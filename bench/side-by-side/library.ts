import type { BuiltWorker } from "../../tests/support/built-worker.ts";
import { insertCourse } from "../../tests/support/courses.ts";

const courses = 9;
const lessons = ["preview", "public", "public", "public"] as const;
const enrolledCourses = 3;

/** Adds a small catalog; every user has done the first lesson of the first courses. */
export async function insertCatalog({ db }: Pick<BuiltWorker, "db">): Promise<void> {
  const inserted = [];
  for (let number = 1; number <= courses; number++) {
    const slug = `course-${number}`;
    const title = `Course ${number}`;
    inserted.push(await insertCourse({ db }, { slug, title, sections: [lessons, lessons] }));
  }
  for (const { id, lessons } of inserted.slice(0, enrolledCourses)) {
    await db.batch([
      db
        .prepare(
          "insert into enrollments select id, ?, 'free', 1700000000000, null, null from users",
        )
        .bind(id),
      db
        .prepare("insert into lesson_completions select id, ?, ?, 1700000000000 from users")
        .bind(lessons[0]?.id, id),
    ]);
  }
}
