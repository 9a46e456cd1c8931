import { insertCourse } from "./courses.ts";
import type { Platform } from "./platform.ts";
import type { Principal } from "./principals.ts";
import { insertPurchase } from "./purchases.ts";
import { createSignedInUser } from "./signed-in-user.ts";

/** Returns the value of a path parameter for a principal. */
export type Samples = (parameter: string, principal: Principal) => string;

/**
 * One record of each kind, shared by all principals. Each has their own purchase: the purchases of
 * other users return 404, which would hide the guard's response.
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
  for (const { clerkUserId: principalId } of principals) {
    const userId = await userIdOf(platform, principalId ?? clerkUserId);
    const purchase = { userId, courseId: course.id, status: "paid" } as const;
    purchases.set(principalId ?? "", await insertPurchase(platform, purchase));
  }
  return (parameter, principal) => {
    const sample =
      parameter === "purchaseId"
        ? purchases.get(principal.clerkUserId ?? "")
        : shared.get(parameter);
    if (sample === undefined) throw new Error(`No sample for :${parameter}`);
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
