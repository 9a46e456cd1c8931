import type { Principal } from "./access-people.ts";
import { insertCourse } from "./courses.ts";
import type { Platform } from "./platform.ts";
import { insertPurchase } from "./purchases.ts";
import { createSignedInUser } from "./user-names.ts";

/** What stands for a parameter in the path of a route, when that person asks. */
export type Samples = (parameter: string, principal: Principal) => string;

/**
 * One thing of each kind, the same for everybody. Only purchases are each asker's own: somebody else's are answered as if there
 * were none, which would hide what the guard says.
 */
export async function createSamples(
  platform: Platform,
  principals: readonly Principal[],
): Promise<Samples> {
  const { clerkUserId } = await createSignedInUser(platform);
  const course = await insertCourse(platform);
  const [lesson] = course.lessons;
  if (!lesson) throw new Error("The course has no lesson");
  const shared = new Map([
    ["userId", await userIdOf(platform, clerkUserId)],
    ["courseId", course.id],
    ["slug", course.slug],
    ["lessonId", lesson.id],
    ["lessonSlug", lesson.slug],
  ]);
  const purchases = new Map<string, string>();
  for (const { clerkUserId: asking } of principals) {
    const userId = await userIdOf(platform, asking ?? clerkUserId);
    const purchase = { userId, courseId: course.id, status: "paid" } as const;
    purchases.set(asking ?? "", await insertPurchase(platform, purchase));
  }
  return (parameter, principal) => {
    const sample =
      parameter === "purchaseId"
        ? purchases.get(principal.clerkUserId ?? "")
        : shared.get(parameter);
    if (sample === undefined) throw new Error(`Nothing stands for :${parameter}`);
    return sample;
  };
}

async function userIdOf({ db }: Platform, clerkUserId: string): Promise<string> {
  const id = await db
    .prepare("select id from users where clerk_user_id = ?")
    .bind(clerkUserId)
    .first<string>("id");
  if (!id) throw new Error(`No row of ${clerkUserId}`);
  return id;
}
