import { beforeAll, describe, expect, test } from "vitest";
import { type ConsoleUser, consoleUser } from "../support/admin-console.ts";
import { insertCourse } from "../support/courses.ts";
import { usePlatform } from "../support/fixtures.ts";
import { insertEnrollment, insertPurchase } from "../support/purchases.ts";

const platform = await usePlatform();
let grace: ConsoleUser;
let mary: ConsoleUser;
beforeAll(async () => {
  grace = await consoleUser(platform, "user");
  mary = await consoleUser(platform, "user");
});

const rows = async (table: string, courseId: string) =>
  (await platform.db.prepare(`select * from ${table} where course_id = ?`).bind(courseId).all())
    .results;
const order = { intent: "order", priceMinor: "2900", currency: "EUR", consent: "on" };
const priced = () => insertCourse(platform, { priceMinor: 2_900 });

async function revokeAccess(courseId: string, userId: string): Promise<void> {
  await insertEnrollment(platform, { userId, courseId });
  await platform.db
    .prepare("update enrollments set revoked_at = 1, revoked_because = 'admin' where course_id = ?")
    .bind(courseId)
    .run();
}

/** The redirect target of a response. */
const target = (response: Response) => response.headers.get("location");

describe("enrolling in a free course", () => {
  test("redirects to the first lesson, later to the next one", async () => {
    const course = await insertCourse(platform);
    const first = await grace.post(course.path, { intent: "enroll" });
    expect(first.status).toBe(302);
    expect(target(first)).toBe(`${course.path}/lessons/lesson-1`);
    await grace.post(`${course.path}/lessons/lesson-1`, { intent: "mark-done" });
    const second = await grace.post(course.path, { intent: "enroll" });
    expect(target(second)).toBe(`${course.path}/lessons/lesson-2`);
    expect(await rows("enrollments", course.id)).toMatchObject([
      { user_id: grace.id, source: "free" },
    ]);
  });

  test("is rejected if the course has a price or an admin revoked access", async () => {
    const paidCourse = await priced();
    const rejected = await grace.post(paidCourse.path, { intent: "enroll" });
    expect(rejected.status).toBe(409);
    expect(await rejected.text()).toContain("this course now costs €29.00");
    expect(await rows("enrollments", paidCourse.id)).toEqual([]);

    const closed = await insertCourse(platform);
    await revokeAccess(closed.id, grace.id);
    const response = await grace.post(closed.path, { intent: "enroll" });
    expect(response.status).toBe(409);
    expect(await response.text()).toContain("has removed your access to this course");
  });

  test("is 404 for a draft", async () => {
    const draft = await insertCourse(platform, { status: "draft" });
    expect((await grace.post(draft.path, { intent: "enroll" })).status).toBe(404);
    expect(await rows("enrollments", draft.id)).toEqual([]);
  });
});

describe("ordering a course", () => {
  test("at the current price creates one order, even if sent several times", async () => {
    const course = await priced();
    const responses = await Promise.all([1, 2, 3].map(() => grace.post(course.path, order)));
    responses.push(await grace.post(course.path, order));
    const [row, ...others] = await rows("purchases", course.id);
    expect(others).toEqual([]);
    expect(row).toMatchObject({ user_id: grace.id, price_minor: 2_900, status: "pending" });
    expect(responses.map(target)).toEqual(responses.map(() => `/purchases/${row?.id}`));
    expect(await (await grace.visit(course.path)).text()).toContain("View your order");
  });

  test.each([
    ["less", "1", "EUR"],
    ["another currency", "2900", "JPY"],
    ["nothing", "0", "EUR"],
    ["less than nothing", "-2900", "EUR"],
  ])("for %s orders nothing and shows the current price", async (_, priceMinor, currency) => {
    const course = await priced();
    const response = await grace.post(course.path, { ...order, priceMinor, currency });
    expect(response.status).toBe(409);
    const page = await response.text();
    expect(page).toContain("this course now costs €29.00");
    expect(page).toContain("Buy for");
    expect(await rows("purchases", course.id)).toEqual([]);
  });

  test("redirects enrolled users to the course and rejects users with revoked access", async () => {
    const course = await priced();
    await insertEnrollment(platform, { userId: grace.id, courseId: course.id });
    expect(target(await grace.post(course.path, order))).toBe(`${course.path}/lessons/lesson-1`);
    const closed = await priced();
    await revokeAccess(closed.id, grace.id);
    expect((await grace.post(closed.path, order)).status).toBe(409);
    expect(await rows("purchases", closed.id)).toEqual([]);
  });

  test("can be canceled by the buyer while the order is pending", async () => {
    const course = await priced();
    const ordered = target(await grace.post(course.path, order)) ?? "";
    await mary.post(ordered, { intent: "cancel" });
    expect(await rows("purchases", course.id)).toMatchObject([{ status: "pending" }]);
    expect(target(await grace.post(ordered, { intent: "cancel" }))).toBe(ordered);
    expect(await rows("purchases", course.id)).toMatchObject([{ status: "cancelled" }]);

    const other = { userId: grace.id, courseId: (await priced()).id, status: "paid" } as const;
    const paid = await insertPurchase(platform, other);
    await grace.post(`/purchases/${paid}`, { intent: "cancel" });
    expect(await rows("purchases", other.courseId)).toMatchObject([{ status: "paid" }]);
  });
});

describe("marking a lesson", () => {
  const done = { intent: "mark-done" };

  test("requires enrollment and a readable lesson", async () => {
    const course = await insertCourse(platform, { sections: [["preview", "public", "private"]] });
    const lesson = (number: number) => `${course.path}/lessons/lesson-${number}`;
    expect((await grace.post(lesson(1), done)).status).toBe(403);
    expect((await grace.post(lesson(2), done)).status).toBe(403);
    expect((await grace.post(lesson(3), done)).status).toBe(404);
    await insertEnrollment(platform, { userId: grace.id, courseId: course.id });
    expect((await grace.post(lesson(3), done)).status).toBe(404);
    expect(await rows("lesson_completions", course.id)).toEqual([]);
    expect((await grace.post(lesson(2), done)).status).toBe(302);
    await revokeAccess(course.id, mary.id);
    expect((await mary.post(lesson(2), done)).status).toBe(403);
    expect(await rows("lesson_completions", course.id)).toMatchObject([{ user_id: grace.id }]);
  });

  test("redirects to the lesson, is idempotent and affects only the user's own progress", async () => {
    const course = await insertCourse(platform);
    const path = `${course.path}/lessons/lesson-1`;
    for (const { id } of [grace, mary]) {
      await insertEnrollment(platform, { userId: id, courseId: course.id });
    }
    expect(target(await grace.post(path, done))).toBe(`${path}#completion`);
    await grace.post(path, done);
    await mary.post(path, done);
    expect(await rows("lesson_completions", course.id)).toHaveLength(2);
    await grace.post(`${course.path}/lessons/lesson-2`, done);
    await grace.post(path, { intent: "mark-open" });
    expect(await rows("lesson_completions", course.id)).toMatchObject([
      { user_id: mary.id },
      { user_id: grace.id },
    ]);
    expect(await (await mary.visit("/courses")).text()).toContain("1 of 3 lessons");
  });
});

test("rejects unknown forms and bodies that are not forms with 400", async () => {
  const course = await priced();
  const courseId = course.id;
  const purchase = `/purchases/${await insertPurchase(platform, { userId: grace.id, courseId })}`;
  for (const path of [course.path, `${course.path}/lessons/lesson-1`, purchase]) {
    expect((await grace.post(path, { intent: "take over" })).status).toBe(400);
    expect((await grace.post(path, {})).status).toBe(400);
    expect((await grace.visit(path, { method: "POST", body: "{}" })).status).toBe(400);
  }
  const wrong = { intent: "order", priceMinor: "29,00", currency: "XXX" };
  expect((await grace.post(course.path, wrong)).status).toBe(400);
});

test("a form sent while signed out changes nothing and links to sign-in", async () => {
  const course = await insertCourse(platform);
  const body = new URLSearchParams({ intent: "enroll" });
  const send = (path: string) =>
    fetch(platform.origin + path, { method: "POST", body, redirect: "manual" });
  for (const path of [course.path, `${course.path}/lessons/lesson-1`]) {
    const signIn = `/sign-in?redirect_url=${encodeURIComponent(path)}`;
    const response = await send(path);
    expect(response.status).toBe(401);
    expect(await response.text()).toContain(signIn);
    expect(await (await send(`${path}.data`)).text()).toContain(signIn);
  }
  expect(await rows("enrollments", course.id)).toEqual([]);
});
