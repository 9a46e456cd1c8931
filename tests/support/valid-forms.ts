import { insertCourse } from "./courses.ts";
import type { Platform } from "./platform.ts";
import { insertPurchase } from "./purchases.ts";

export interface ValidForm {
  path: string;
  fields: Record<string, string>;
}

export const formNames = [
  "new course",
  "course",
  "course status",
  "lesson",
  "lesson removal",
  "new section",
  "new lesson",
  "section title",
  "section removal",
  "move",
  "enrollment",
  "revocation",
  "addition to a course",
  "access to a course",
  "settlement",
  "refund",
  "role change",
  "sync of a person",
  "reconcile",
  "preview",
  "free course",
  "order",
  "completion",
  "cancellation",
];

/** Every form of the site, as its page submits it, for one course and a purchase of the user. */
export async function validForms(
  platform: Pick<Platform, "db">,
  userId: string,
): Promise<Record<string, ValidForm>> {
  const course = await insertCourse(platform);
  const paidCourse = await insertCourse(platform, { priceMinor: 2_900 });
  const [lesson] = course.lessons;
  const admin = `/admin/courses/${course.id}`;
  const courseFields = {
    title: "Reading maps",
    slug: course.slug,
    summary: "Where am I",
    description: "",
    cover: "waves",
    currency: "EUR",
    price: "0",
  };
  const lessonFields = {
    title: "Scales",
    body: "",
    videoUrl: "",
    durationMinutes: "5",
    status: "preview",
  };
  const section = { sectionId: `${course.id}-s0` };
  const version = "1";
  const role = { intent: "change-role", to: "admin", seenRole: "user", seenChange: "" };
  const purchaseId = await insertPurchase(platform, { userId: userId, courseId: course.id });
  const paidPurchase = { userId, courseId: paidCourse.id, status: "paid" } as const;
  const paidPurchaseId = await insertPurchase(platform, paidPurchase);
  const outline = (fields: Record<string, string>, search = "") => ({
    path: `${admin}/outline${search}`,
    fields,
  });
  const id = crypto.randomUUID();
  return {
    "new course": {
      path: "/admin/courses/new",
      fields: { ...courseFields, slug: `new-${course.slug}`, id },
    },
    course: { path: `${admin}?index`, fields: { ...courseFields, version } },
    "course status": { path: `${admin}?index`, fields: { status: "archived", version } },
    lesson: { path: `${admin}/lessons/${lesson?.id}`, fields: { ...lessonFields, version } },
    "lesson removal": { path: `${admin}/lessons/${lesson?.id}`, fields: { intent: "remove" } },
    "new section": outline({ intent: "add-section", id, title: "Seas", stay: "1" }),
    "new lesson": outline(
      { intent: "add-lesson", id, ...section, title: "Tides" },
      `?add=${section.sectionId}`,
    ),
    "section title": outline(
      { intent: "rename-section", version, ...section, title: "Land" },
      `?rename=${section.sectionId}`,
    ),
    "section removal": outline({ intent: "remove-section", version, ...section }),
    move: outline({ intent: "move", version, move: `section:${section.sectionId}:down` }),
    enrollment: { path: `${admin}/people`, fields: { intent: "enroll", who: userId } },
    revocation: { path: `${admin}/people`, fields: { intent: "revoke", userId: userId } },
    "addition to a course": {
      path: `/admin/users/${userId}`,
      fields: { intent: "add-course", course: course.slug },
    },
    "access to a course": {
      path: `/admin/users/${userId}`,
      fields: { intent: "enroll-again", courseId: course.id },
    },
    settlement: { path: "/admin/purchases", fields: { purchaseId, settlement: "paid" } },
    refund: {
      path: `/admin/purchases/${paidPurchaseId}`,
      fields: { intent: "refund", id, amount: "9.50", reason: "duplicate" },
    },
    "role change": {
      path: `/admin/users/${userId}?change=role`,
      fields: { ...role, reason: "because" },
    },
    "sync of a person": { path: `/admin/users/${userId}`, fields: { intent: "sync" } },
    reconcile: { path: "/admin/sync", fields: { mode: "dry-run" } },
    preview: { path: "/admin/markdown-preview", fields: { text: "*a*" } },
    order: {
      path: paidCourse.path,
      fields: { intent: "order", priceMinor: "2900", currency: "EUR", consent: "on" },
    },
    "free course": { path: course.path, fields: { intent: "enroll" } },
    completion: { path: `${course.path}/lessons/lesson-1`, fields: { intent: "mark-done" } },
    cancellation: { path: `/purchases/${purchaseId}`, fields: { intent: "cancel" } },
  };
}
