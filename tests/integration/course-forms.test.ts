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
const order = { intent: "order", priceMinor: "2900", currency: "EUR" };
const priced = () => insertCourse(platform, { priceMinor: 2_900 });

async function close(courseId: string, userId: string): Promise<void> {
  await insertEnrollment(platform, { userId, courseId });
  await platform.db
    .prepare("update enrollments set revoked_at = 1, revoked_because = 'admin' where course_id = ?")
    .bind(courseId)
    .run();
}

/** Where an answer leads. */
const target = (response: Response) => response.headers.get("location");

describe("taking a free course", () => {
  test("leads to its first lesson, and again to where one is by then", async () => {
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

  test("is refused where it costs something, and where an admin closed it", async () => {
    const sold = await priced();
    const refused = await grace.post(sold.path, { intent: "enroll" });
    expect(refused.status).toBe(409);
    expect(await refused.text()).toContain("It costs €29.00 now");
    expect(await rows("enrollments", sold.id)).toEqual([]);

    const closed = await insertCourse(platform);
    await close(closed.id, grace.id);
    const answer = await grace.post(closed.path, { intent: "enroll" });
    expect(answer.status).toBe(409);
    expect(await answer.text()).toContain("has closed this course to you");
  });

  test("finds no draft", async () => {
    const draft = await insertCourse(platform, { status: "draft" });
    expect((await grace.post(draft.path, { intent: "enroll" })).status).toBe(404);
    expect(await rows("enrollments", draft.id)).toEqual([]);
  });
});

describe("ordering a course", () => {
  test("at the price that was seen leads to the order, once or twice or at once", async () => {
    const course = await priced();
    const responses = await Promise.all([1, 2, 3].map(() => grace.post(course.path, order)));
    responses.push(await grace.post(course.path, order));
    const [row, ...others] = await rows("purchases", course.id);
    expect(others).toEqual([]);
    expect(row).toMatchObject({ user_id: grace.id, price_minor: 2_900, status: "pending" });
    expect(responses.map(target)).toEqual(responses.map(() => `/purchases/${row?.id}`));
    expect(await (await grace.visit(course.path)).text()).toContain("See your order");
  });

  test.each([
    ["less", "1", "EUR"],
    ["another currency", "2900", "JPY"],
    ["nothing", "0", "EUR"],
    ["less than nothing", "-2900", "EUR"],
  ])("for %s orders nothing and shows the price that holds", async (_, priceMinor, currency) => {
    const course = await priced();
    const answer = await grace.post(course.path, { intent: "order", priceMinor, currency });
    expect(answer.status).toBe(409);
    const page = await answer.text();
    expect(page).toContain("It costs €29.00 now");
    expect(page).toContain("Buy for");
    expect(await rows("purchases", course.id)).toEqual([]);
  });

  test("leads into the course for who is in it, and nowhere for whom it is closed to", async () => {
    const course = await priced();
    await insertEnrollment(platform, { userId: grace.id, courseId: course.id });
    expect(target(await grace.post(course.path, order))).toBe(`${course.path}/lessons/lesson-1`);
    const closed = await priced();
    await close(closed.id, grace.id);
    expect((await grace.post(closed.path, order)).status).toBe(409);
    expect(await rows("purchases", closed.id)).toEqual([]);
  });

  test("can be taken back by who ordered, as long as it is open", async () => {
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

  test("is for who is in the course and can read it", async () => {
    const course = await insertCourse(platform, { sections: [["preview", "public", "private"]] });
    const lesson = (number: number) => `${course.path}/lessons/lesson-${number}`;
    expect((await grace.post(lesson(1), done)).status).toBe(403);
    expect((await grace.post(lesson(2), done)).status).toBe(403);
    expect((await grace.post(lesson(3), done)).status).toBe(404);
    await insertEnrollment(platform, { userId: grace.id, courseId: course.id });
    expect((await grace.post(lesson(3), done)).status).toBe(404);
    expect(await rows("lesson_completions", course.id)).toEqual([]);
    expect((await grace.post(lesson(2), done)).status).toBe(302);
    await close(course.id, mary.id);
    expect((await mary.post(lesson(2), done)).status).toBe(403);
    expect(await rows("lesson_completions", course.id)).toMatchObject([{ user_id: grace.id }]);
  });

  test("leads back to the lesson, does nothing twice, and touches nobody else's mark", async () => {
    const course = await insertCourse(platform);
    const path = `${course.path}/lessons/lesson-1`;
    for (const { id } of [grace, mary]) {
      await insertEnrollment(platform, { userId: id, courseId: course.id });
    }
    expect(target(await grace.post(path, done))).toBe(`${path}#completion`);
    await grace.post(path, done);
    await mary.post(path, done);
    expect(await rows("lesson_completions", course.id)).toHaveLength(2);
    await grace.post(path, { intent: "mark-open" });
    expect(await rows("lesson_completions", course.id)).toMatchObject([{ user_id: mary.id }]);
    expect(await (await mary.visit("/courses")).text()).toContain("1 of 3 lessons");
  });
});

test("a form that a page does not have is 400, and what is no form too", async () => {
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

test("signed out, a form leads to sign-in and from there back to its page", async () => {
  const course = await insertCourse(platform);
  const body = new URLSearchParams({ intent: "enroll" });
  const send = (path: string) =>
    fetch(platform.origin + path, { method: "POST", body, redirect: "manual" });
  for (const path of [course.path, `${course.path}/lessons/lesson-1`]) {
    const back = `/sign-in?redirect_url=${encodeURIComponent(path)}`;
    const answer = await send(path);
    expect(answer.status).toBe(302);
    expect(target(answer)).toBe(back);
    expect(await (await send(`${path}.data`)).text()).toContain(back);
  }
  expect(await rows("enrollments", course.id)).toEqual([]);
});
