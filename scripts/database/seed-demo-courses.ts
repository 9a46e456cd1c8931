import * as z from "zod";
import { demoCoursesSql, demoDerivedSql } from "./demo-courses-sql.ts";
import { type DatabaseLocation, executeSql } from "./execute-sql.ts";
import { demoCourseSlugs, readDemoCourses } from "./read-demo-courses.ts";

const addedSchema = z.array(z.object({ id: z.string() }));

/**
 * Adds missing demo courses to D1 and returns how many were added.
 * @throws if D1 does not answer.
 */
export async function seedDemoCourses(
  location: DatabaseLocation,
  { onlyIfEmpty = false } = {},
): Promise<number> {
  const courses = await readDemoCourses();
  const statements = demoCoursesSql(courses, { now: Date.now(), onlyIfEmpty });
  const rows = await executeSql(location, ...statements);
  const added = addedSchema.parse(rows).map(({ id }) => id);
  if (added.length > 0) await executeSql(location, ...demoDerivedSql(courses, added));
  return added.length;
}

export function seededMessage(added: number): string {
  if (added === 0) return "All demo courses already exist; nothing was changed.";
  const rest = added < demoCourseSlugs.length ? " The others already existed." : "";
  return `Demo courses added: ${added}.${rest}`;
}
