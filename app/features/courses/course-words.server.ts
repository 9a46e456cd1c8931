import { sql } from "drizzle-orm";
import type { Database } from "~/db/client.server";
import { courses } from "~/db/schema.server";
import { replaceWords } from "~/db/search/store-words.server";
import { courseWords } from "~/db/search/words";

interface CourseTexts {
  id: string;
  title: string;
  summary: string;
}

/** For the batch that saves the courses. Skips courses that have other texts by now. */
export function storeCourseWords(db: Database, texts: readonly CourseTexts[]) {
  const withWords = texts.map((course) => ({ ...course, words: courseWords(course) }));
  return replaceWords(
    db,
    "course",
    sql`select course.id as row_id, w.value ->> '$.word' as word, w.value ->> '$.source' as source
      from json_each(${JSON.stringify(withWords)}) saved cross join ${courses} course on course.id = saved.value ->> '$.id'
      left join json_each(saved.value, '$.words') w
      where course.title = saved.value ->> '$.title' and course.summary = saved.value ->> '$.summary'`,
  );
}
