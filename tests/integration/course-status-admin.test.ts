import { beforeAll, describe, expect, test } from "vitest";
import { type ConsoleUser, consoleUser, readList } from "../support/admin-console.ts";
import { changesOf, open, rowOf, send } from "../support/course-console.ts";
import { insertCourse } from "../support/courses.ts";
import { usePlatform } from "../support/fixtures.ts";

const platform = await usePlatform();
let ada: ConsoleUser;
let mary: ConsoleUser;
beforeAll(async () => {
  ada = await consoleUser(platform, "admin");
  mary = await consoleUser(platform, "admin");
});

describe("the status of a course", () => {
  const setStatus = (id: string, status: string, version: number) =>
    send(ada, `/admin/courses/${id}?index`, { status, version: `${version}` });

  test("changes between draft, published and archived, and the catalog is updated immediately", async () => {
    const title = `Course ${crypto.randomUUID()}`;
    const { id } = await insertCourse(platform, { status: "draft", title });
    const inCatalog = async () => (await (await fetch(platform.origin)).text()).includes(title);
    expect(await inCatalog()).toBe(false);
    for (const [status, version, action, isListed] of [
      ["published", 1, "course-published", true],
      ["archived", 2, "course-archived", false],
      ["published", 3, "course-published", true],
      ["draft", 4, "course-withdrawn", false],
    ] as const) {
      const response = await setStatus(id, status, version);
      expect(response.location).toBe(`/admin/courses/${id}?now=${status}`);
      expect(await inCatalog(), status).toBe(isListed);
      expect((await changesOf(platform, id)).at(-1)).toMatchObject({ action, changed_by: ada.id });
      // Idempotent.
      expect((await setStatus(id, status, version)).status).toBe(302);
    }
    expect(await changesOf(platform, id)).toHaveLength(4);
    const { html } = await open(ada, `/admin/courses/${id}?now=draft`);
    expect(html).toContain("Moved back to draft");
  });

  test("cannot become published without a readable lesson", async () => {
    const { id, lessons } = await insertCourse(platform, {
      status: "draft",
      sections: [["private"]],
    });
    const rejected = await setStatus(id, "published", 1);
    expect(rejected.status).toBe(409);
    expect(rejected.html).toContain("There is nothing to publish yet");
    expect(await changesOf(platform, id)).toEqual([]);
    const sql = "update lessons set status = 'preview' where id = ?";
    await platform.db.prepare(sql).bind(lessons[0]?.id).run();
    expect((await setStatus(id, "published", 1)).status).toBe(302);
  });

  test("is unchanged if another admin changed the course", async () => {
    const { id } = await insertCourse(platform, { status: "draft" });
    const { fields } = await open(mary, `/admin/courses/${id}`, "course");
    await send(mary, `/admin/courses/${id}?index`, { ...fields, title: "Mary's" });
    const response = await setStatus(id, "published", 1);
    expect(response.status).toBe(409);
    expect(response.html).toContain("its status was not changed");
    expect(response.html).toContain("Mary&#x27;s</h1>");
    expect(await rowOf(platform, "courses", id)).toMatchObject({ status: "draft" });
  });

  test("is rejected if it is invalid", async () => {
    const { id } = await insertCourse(platform);
    expect((await setStatus(id, "deleted", 1)).status).toBe(400);
  });
});

test("the list filters courses by words and status, with paging", async () => {
  const begin = `Zebra ${crypto.randomUUID().slice(0, 8)}`;
  for (let number = 0; number < 30; number++) {
    const status = number % 3 === 0 ? "draft" : "published";
    await insertCourse(platform, { title: `${begin} ${number}`, status, sections: [] });
  }
  const titles = async (path: string): Promise<string[]> => {
    const { html } = await open(ada, path);
    const found = [...html.matchAll(/href="\/admin\/courses\/[^"]+">(Zebra [^<]+)</g)];
    const { next } = readList(html);
    const rest = next ? await titles(next) : [];
    return [...found.map(([, title = ""]) => title), ...rest];
  };
  const search = `/admin/courses?q=${encodeURIComponent(begin.toUpperCase())}`;
  expect(new Set(await titles(search)).size).toBe(30);
  expect(await titles(`${search}&status=draft`)).toHaveLength(10);
  expect((await open(ada, "/admin/courses?q=no-such-course")).html).toContain("No courses match");
});
