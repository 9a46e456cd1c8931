import { and, eq } from "drizzle-orm";
import { type Database, runQuery } from "~/db/client.server";
import { lessonCompletions } from "~/db/schema.server";

interface Completion {
  userId: string;
  courseId: string;
  lessonId: string;
}

/** Marks a lesson as done or not done. Idempotent. Callers must check access first. */
export async function setLessonCompletion(
  db: Database,
  completion: Completion,
  isDone: boolean,
  now: number,
): Promise<void> {
  const { userId, lessonId } = completion;
  const write = isDone
    ? db
        .insert(lessonCompletions)
        .values({ ...completion, completedAt: now })
        .onConflictDoNothing()
    : db
        .delete(lessonCompletions)
        .where(and(eq(lessonCompletions.userId, userId), eq(lessonCompletions.lessonId, lessonId)));
  await runQuery<unknown>(write);
}
