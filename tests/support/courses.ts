import { courseWords } from "../../app/db/search/words.ts";
import type { Platform } from "./platform.ts";
import { insertWords } from "./search-words.ts";

type LessonStatus = "public" | "preview" | "private";

interface CourseOptions {
  slug?: string;
  title?: string;
  summary?: string;
  cover?: string;
  status?: "draft" | "published" | "archived";
  priceMinor?: number;
  /** The status of each lesson, by section. */
  sections?: readonly (readonly LessonStatus[])[];
}

/** Inserts a course; its lessons are called "Lesson 1" (`lesson-1`) and so on. */
export async function insertCourse({ db }: Pick<Platform, "db">, options: CourseOptions = {}) {
  const id = crypto.randomUUID();
  const { slug = `course-${id.slice(0, 8)}`, status = "published", priceMinor = 0 } = options;
  const { summary = "What it is about", cover = "waves" } = options;
  const { title = "A course", sections = [["preview", "public"], ["public"]] } = options;
  const now = Date.now();
  const course = db
    .prepare(
      `insert into courses (id, slug, title, summary, description, cover, price_minor, currency, status, created_at, updated_at, published_at)
       values (?, ?, ?, ?, 'What one learns in **it**.', ?, ?, 'EUR', ?, ?, ?, ?)`,
    )
    .bind(
      id,
      slug,
      title,
      summary,
      cover,
      priceMinor,
      status,
      now,
      now,
      status === "draft" ? null : now,
    );
  const sectionRows = sections.map((_, index) =>
    db
      .prepare("insert into sections (id, course_id, title, position) values (?, ?, ?, ?)")
      .bind(`${id}-s${index}`, id, `Section ${index + 1}`, index),
  );
  let number = 0;
  const lessons = sections.flatMap((statuses, section) =>
    statuses.map((lessonStatus, position) => {
      number++;
      return {
        id: `${id}-l${number}`,
        slug: `lesson-${number}`,
        number,
        section,
        position,
        lessonStatus,
      };
    }),
  );
  const lessonRows = lessons.map((lesson) =>
    db
      .prepare(
        `insert into lessons (id, course_id, section_id, slug, title, body, duration_minutes, status, position, created_at, updated_at)
         values (?, ?, ?, ?, ?, ?, 5, ?, ?, ?, ?)`,
      )
      .bind(
        lesson.id,
        id,
        `${id}-s${lesson.section}`,
        lesson.slug,
        `Lesson ${lesson.number}`,
        `The text of lesson ${lesson.number}.`,
        lesson.lessonStatus,
        lesson.position,
        now,
        now,
      ),
  );
  const words = insertWords(db, "course", id, courseWords({ title, summary }));
  await db.batch([course, words, ...sectionRows, ...lessonRows]);
  return {
    id,
    slug,
    path: `/courses/${slug}`,
    lessons: lessons.map(({ id, slug }) => ({ id, slug })),
  };
}
