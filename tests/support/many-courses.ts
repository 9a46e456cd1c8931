import type { Platform } from "./platform.ts";

/** Adds published courses of three lessons each and enrolls a user in the first 1,000. */
export async function insertManyCourses(
  { db }: Pick<Platform, "db">,
  count: number,
  learnerId: string,
): Promise<void> {
  const numbers = `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count})`;
  await db.batch([
    db.prepare(
      `${numbers} insert into courses (id, slug, title, summary, description, cover, price_minor, currency, status, created_at, updated_at, published_at)
       select printf('c-%06d', i), printf('course-%06d', i), printf('Course %06d', i), 'One of very many', '', 'grid', (i % 3) * 1000, 'EUR',
         'published', 1700000000000 + i, 1700000000000 + i, 1700000000000 + i * 7919 % 1000003 from n`,
    ),
    db.prepare(
      `${numbers} insert into sections (id, course_id, title, position) select printf('s-%06d', i), printf('c-%06d', i), 'All of it', 0 from n`,
    ),
    db.prepare(
      `${numbers} insert into lessons (id, course_id, section_id, slug, title, body, duration_minutes, status, position, created_at, updated_at)
       select printf('l-%06d-%d', i, part.value), printf('c-%06d', i), printf('s-%06d', i), printf('part-%d', part.value), printf('Part %d', part.value),
         'Text', 5, 'public', part.value, 1, 1 from n, json_each('[0,1,2]') part`,
    ),
    db.prepare(
      `${numbers} insert into search_words (kind, row_id, word, source)
       select 'course', printf('c-%06d', i), word.value, iif(word.key < 2, 'title', 'summary') from n,
         json_each(json_array('course', printf('%06d', i), 'one', 'of', 'very', 'many')) word`,
    ),
    db
      .prepare(
        `${numbers} insert into enrollments select ?, printf('c-%06d', i), 'free', 1700000000000 + i, null, null from n where i <= 1000`,
      )
      .bind(learnerId),
  ]);
}
