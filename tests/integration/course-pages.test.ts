import { beforeAll, describe, expect, test } from "vitest";
import { type ConsoleUser, consoleUser, readList } from "../support/admin-console.ts";
import { insertCourse } from "../support/courses.ts";
import { usePlatform } from "../support/fixtures.ts";
import { insertEnrollment, insertPurchase } from "../support/purchases.ts";

const platform = await usePlatform();
let ada: ConsoleUser;
let grace: ConsoleUser;
let mary: ConsoleUser;
beforeAll(async () => {
  ada = await consoleUser(platform, "admin");
  grace = await consoleUser(platform, "user");
  mary = await consoleUser(platform, "user");
});

type Visit = (path: string) => Promise<Response>;
const asAnonymous: Visit = (path) => fetch(platform.origin + path, { redirect: "manual" });
const statusFor = async (visit: Visit, path: string) => (await visit(path)).status;
const readFor = async (visit: Visit, path: string) =>
  (await (await visit(path)).text()).replaceAll("<!-- -->", "");

describe("the catalog", () => {
  test("is the same with and without a session and is cached in KV", async () => {
    const first = await insertCourse(platform, { title: "First in the list", priceMinor: 2_900 });
    const html = await readFor(asAnonymous, "/");
    expect(html).toContain(`href="${first.path}"`);
    expect(html).toContain("€29.00");
    await expect.poll(() => platform.kv.get("catalog:v1")).toContain(first.slug);
    const later = await insertCourse(platform, { title: "Written behind its back" });
    for (const visit of [asAnonymous, grace.visit]) {
      const list = await readFor(visit, "/");
      expect(list).toContain(first.slug);
      expect(list).not.toContain(later.slug);
    }
    await platform.kv.delete("catalog:v1");
    expect(await readFor(asAnonymous, "/")).toContain(later.slug);
  });

  test("lists no drafts and has several pages", async () => {
    const draft = await insertCourse(platform, { status: "draft" });
    for (let count = 0; count < 13; count++) await insertCourse(platform);
    await platform.kv.delete("catalog:v1");
    const first = await readFor(asAnonymous, "/");
    const second = await readFor(asAnonymous, readList(first).next ?? "");
    expect(second).toContain("More courses");
    expect(first + second).not.toContain(draft.slug);
    const slugs = (html: string) =>
      [...html.matchAll(/href="(\/courses\/course-[^"]+)"/g)].map(([, slug]) => slug);
    expect(slugs(first)).toHaveLength(12);
    expect(slugs(second).filter((slug) => slugs(first).includes(slug))).toEqual([]);
  });

  test("has a canonical URL without other search params", async () => {
    const canonical = `<link rel="canonical" href="${platform.origin}/"`;
    expect(await readFor(asAnonymous, "/?utm_source=x")).toContain(canonical);
  });
});

describe("access to a course", () => {
  const pagesOf = ({ path }: { path: string }) =>
    [path, `${path}/lessons/lesson-1`].flatMap((page) => [page, `${page}.data`]);

  test("a draft is visible only to admins, with a notice", async () => {
    const draft = await insertCourse(platform, { status: "draft" });
    await insertEnrollment(platform, { userId: grace.id, courseId: draft.id });
    for (const path of pagesOf(draft)) {
      expect(await statusFor(asAnonymous, path)).toBe(404);
      expect(await statusFor(grace.visit, path)).toBe(404);
      expect(await statusFor(ada.visit, path)).toBe(200);
    }
    expect(await readFor(ada.visit, draft.path)).toContain("Only admins can see this.");
  });

  test("an archived course is visible to enrolled users", async () => {
    const archived = await insertCourse(platform, { status: "archived" });
    await insertEnrollment(platform, { userId: grace.id, courseId: archived.id });
    for (const path of pagesOf(archived)) {
      expect(await statusFor(asAnonymous, path)).toBe(404);
      expect(await statusFor(mary.visit, path)).toBe(404);
      expect(await statusFor(grace.visit, path)).toBe(200);
    }
    expect(await readFor(grace.visit, archived.path)).toContain("no longer offered");
  });

  test("a private lesson is neither listed nor found", async () => {
    const course = await insertCourse(platform, { sections: [["public", "private"]] });
    await insertEnrollment(platform, { userId: grace.id, courseId: course.id });
    expect(await readFor(grace.visit, course.path)).not.toContain("Lesson 2");
    expect(await statusFor(grace.visit, `${course.path}/lessons/lesson-2`)).toBe(404);
    expect(await statusFor(ada.visit, `${course.path}/lessons/lesson-2`)).toBe(200);
  });
});

describe("access to a lesson", () => {
  test("previews are public; the response for a locked lesson contains none of its content", async () => {
    const course = await insertCourse(platform);
    await platform.db
      .prepare("update lessons set video_url = 'https://vimeo.com/76979871' where course_id = ?")
      .bind(course.id)
      .run();
    const preview = await readFor(asAnonymous, `${course.path}/lessons/lesson-1`);
    expect(preview).toContain("The text of lesson 1.");
    expect(preview).toContain("Play on Vimeo");
    for (const visit of [asAnonymous, grace.visit]) {
      for (const suffix of ["", ".data"]) {
        const response = await visit(`${course.path}/lessons/lesson-2${suffix}`);
        const body = await response.text();
        expect(response.status).toBe(200);
        expect(body).toContain("Lesson 2");
        expect(body).not.toContain("The text of lesson");
        expect(body).not.toContain("76979871");
      }
    }
    await insertEnrollment(platform, { userId: grace.id, courseId: course.id });
    const open = await readFor(grace.visit, `${course.path}/lessons/lesson-2`);
    expect(open).toContain("The text of lesson 2.");
  });

  test("next and previous link to readable lessons", async () => {
    const course = await insertCourse(platform, { sections: [["preview", "public"], ["preview"]] });
    const nextLesson = (html: string) => readList(html).next?.split("/").at(-1);
    const first = `${course.path}/lessons/lesson-1`;
    expect(nextLesson(await readFor(asAnonymous, first))).toBe("lesson-3");
    await insertEnrollment(platform, { userId: mary.id, courseId: course.id });
    expect(nextLesson(await readFor(mary.visit, first))).toBe("lesson-2");
  });
});

test("only the buyer sees a receipt, with the course as it was at the time of purchase", async () => {
  const course = await insertCourse(platform, { title: "Its old title", priceMinor: 2_900 });
  const bought = {
    userId: grace.id,
    courseId: course.id,
    status: "paid",
    reference: "CP-OWN",
  } as const;
  const path = `/purchases/${await insertPurchase(platform, bought)}`;
  await platform.db
    .prepare("update courses set title = 'Its new title', slug = 'its-new-address' where id = ?")
    .bind(course.id)
    .run();
  for (const suffix of ["", ".data"]) {
    expect(await statusFor(mary.visit, path + suffix)).toBe(404);
    expect(await statusFor(ada.visit, path + suffix)).toBe(404);
  }
  const receipt = await readFor(grace.visit, path);
  for (const part of [
    "CP-OWN",
    "Its old title",
    "€29.00",
    "Ada Lovelace",
    "/courses/its-new-address",
  ]) {
    expect(receipt).toContain(part);
  }
  expect(receipt).not.toContain("Its new title");
  expect(await readFor(grace.visit, "/purchases")).toContain("Its old title");
  expect(await readFor(mary.visit, "/purchases")).toContain("No purchases yet");
});
