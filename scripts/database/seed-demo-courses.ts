import * as z from "zod";
import { demoCoursesSql, demoHtmlSql } from "./demo-courses-sql.ts";
import { type DatabaseLocation, executeSql } from "./execute-sql.ts";
import { demoCourseSlugs, readDemoCourses } from "./read-demo-courses.ts";

const addedSchema = z.array(z.object({ id: z.string() }));

/**
 * Puts the demo courses into D1, rendered; what is there already stays as it is. Returns how many were added.
 * @throws with what wrangler said when D1 does not take it.
 */
export async function seedDemoCourses(
  location: DatabaseLocation,
  { onlyIfEmpty = false } = {},
): Promise<number> {
  const courses = await readDemoCourses();
  const sql = demoCoursesSql(courses, { now: Date.now(), onlyIfEmpty });
  const added = addedSchema.parse(await executeSql(location, sql)).map(({ id }) => id);
  if (added.length > 0) await executeSql(location, demoHtmlSql(courses, added));
  return added.length;
}

/** What a person reads about it. */
export function seededMessage(added: number): string {
  if (added === 0) return "The demo courses are there already; nothing was changed.";
  const others = added < demoCourseSlugs.length ? " The others stay as they are." : "";
  return `Demo courses added: ${added}.${others}`;
}
