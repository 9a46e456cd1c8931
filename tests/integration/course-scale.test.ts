import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { countingModules, sumOf, takeCounters } from "../../bench/counting.ts";
import { type ConsoleUser, consoleUser, readList } from "../support/admin-console.ts";
import { insertCourse } from "../support/courses.ts";
import { insertManyCourses } from "../support/many-courses.ts";
import { type Platform, startPlatform } from "../support/platform.ts";

const many = { courses: 10_000, lessons: 1_000 };

/** Two sites: one with a small course, one with 10,000 courses, one of them very long. */
let sites: Record<"small" | "large", Site>;
interface Site {
  platform: Platform;
  admin: ConsoleUser;
  learner: ConsoleUser;
  course: Awaited<ReturnType<typeof insertCourse>>;
}
beforeAll(async () => {
  const [small, large] = await Promise.all([startSite(2), startSite(many.lessons)]);
  await insertManyCourses(large.platform, many.courses, large.learner.id);
  sites = { small, large };
});
afterAll(() => Promise.all(Object.values(sites).map(({ platform }) => platform.close())));

async function startSite(lessons: number): Promise<Site> {
  const platform = await startPlatform({}, { modules: await countingModules() });
  const half = Array.from({ length: lessons / 2 }, () => "public" as const);
  const course = await insertCourse(platform, { slug: "long", sections: [half, half] });
  const [admin, learner] = [
    await consoleUser(platform, "admin"),
    await consoleUser(platform, "user"),
  ];
  await platform.db
    .prepare("insert into enrollments values (?, ?, 'free', 1, null, null)")
    .bind(learner.id, course.id)
    .run();
  await platform.db
    .prepare(
      `insert into purchases (id, user_id, course_id, price_minor, currency, snapshot, status, provider, provider_reference, created_at)
       values ('bought', ?, ?, 100, 'EUR', '{"slug":"long","title":"Long","summary":"","cover":"arcs","lessons":2}', 'paid', 'pay-later', 'CP-1', 1)`,
    )
    .bind(learner.id, course.id)
    .run();
  return { platform, admin, learner, course };
}

/** The D1 queries of a repeated request, and the rows read by both requests. */
async function cost({ platform }: Site, reader: ConsoleUser, path: string) {
  await takeCounters(platform.origin);
  await reader.visit(path);
  const first = await takeCounters(platform.origin);
  const response = await reader.visit(path);
  expect(response.status, path).toBe(200);
  await response.text();
  const second = await takeCounters(platform.origin);
  const rowsRead = sumOf(first, "rowsRead") + sumOf(second, "rowsRead");
  return { statements: sumOf(second, "count"), rowsRead };
}

const pages: readonly [path: string, reader: "admin" | "learner", maxQueries: number][] = [
  ["/", "learner", 1],
  ["/courses", "learner", 2],
  ["/courses/long", "learner", 7],
  ["/courses/long/lessons/lesson-1", "learner", 8],
  ["/dashboard", "learner", 1],
  ["/purchases", "learner", 2],
  ["/purchases/bought", "learner", 2],
  ["/admin/courses", "admin", 2],
  ["/admin/courses?q=a+course&status=published", "admin", 3],
  ["/admin/courses/:id", "admin", 5],
  ["/admin/courses/:id/outline", "admin", 5],
  ["/admin/courses/:id/people", "admin", 3],
  ["/admin/courses/:id/lessons/:id-l1", "admin", 4],
  ["/admin/purchases", "admin", 4],
  ["/admin/audit", "admin", 4],
];

describe("with 10,000 courses, one with 1,000 lessons, pages need as many D1 queries as with one course:", () => {
  test.each(pages)("%s", async (path, reader, maxQueries) => {
    const costOn = (site: Site) => cost(site, site[reader], path.replaceAll(":id", site.course.id));
    const small = await costOn(sites.small);
    const large = await costOn(sites.large);
    expect(large.statements).toBe(small.statements);
    expect(small.statements).toBeLessThanOrEqual(maxQueries);
    expect(large.rowsRead).toBeLessThan(many.courses);
  });
});

/** The courses on a catalog page, in order, and the next page. */
async function getCatalogPage(url: string) {
  const html = await (await fetch(url)).text();
  const slugs = [...html.matchAll(/href="\/courses\/([a-z0-9-]+)"/g)].map(([, slug]) => slug);
  return { slugs: [...new Set(slugs)], next: readList(html).next };
}

test("paging through the catalog shows every course once, newest first", async () => {
  const { platform } = sites.large;
  const seen: unknown[] = [];
  for (let next: string | null = "/"; next !== null && seen.length < 500; ) {
    const page = await getCatalogPage(new URL(next, platform.origin).href);
    seen.push(...page.slugs);
    next = page.next;
  }
  const { results } = await platform.db
    .prepare(
      "select slug from courses where status = 'published' order by published_at desc, id desc limit ?",
    )
    .bind(seen.length)
    .all();
  expect(seen).toEqual(results.map(({ slug }) => slug));
  expect(seen.length).toBeGreaterThanOrEqual(500);
});

test("the sitemap lists all of them with one query, which the cache then saves", async () => {
  const { platform } = sites.large;
  const statements: number[] = [];
  for (let visit = 0; visit < 2; visit++) {
    await takeCounters(platform.origin);
    const text = await (await fetch(`${platform.origin}/sitemap.xml`)).text();
    expect(text.match(/<loc>/g)).toHaveLength(many.courses + 2);
    statements.push(sumOf(await takeCounters(platform.origin), "count"));
    await expect.poll(() => platform.kv.get("sitemap:v1")).not.toBeNull();
  }
  expect(statements).toEqual([1, 0]);
});
