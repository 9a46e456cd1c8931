import { readdir } from "node:fs/promises";
import { expect, test } from "vitest";
import { covers } from "../../app/db/enums.ts";
import { insertCourse } from "../support/courses.ts";
import { useSite } from "../support/fixtures.ts";

const platform = await useSite();

const cacheControlOf = async (path: string) => {
  const response = await fetch(platform.origin + path);
  expect(response.status, path).toBe(200);
  return response.headers.get("cache-control");
};

const forever = "public, max-age=31536000, immutable";

test("every file of the build has a hash in its name and is cached forever", async () => {
  const files = (await readdir("public/build", { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => `/${entry.parentPath}/${entry.name}`.replace("/public", ""));
  expect(files.length).toBeGreaterThan(20);
  for (const file of files) {
    expect(file).toMatch(/-[A-Z0-9]{8}\.\w+$/);
    expect(await cacheControlOf(file), file).toBe(forever);
  }
});

test.each(covers)("the cover image %s is cached forever at its course's URL", async (cover) => {
  const course = await insertCourse(platform, { title: `With ${cover}`, slug: `with-${cover}` });
  await platform.db
    .prepare("update courses set cover = ? where id = ?")
    .bind(cover, course.id)
    .run();
  const html = await (await fetch(platform.origin + course.path)).text();
  const [address = ""] = new RegExp(`/build/_assets/${cover}-[A-Z0-9]{8}\\.svg`).exec(html) ?? [];
  expect(await cacheControlOf(address)).toBe(forever);
});

test("files without a hash are cached for a day and revalidated in the background for a week", async () => {
  const files = (await readdir("public", { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name !== "_headers")
    .map((entry) => `/${entry.parentPath}/${entry.name}`.replace("/public", ""))
    .filter((path) => !path.startsWith("/build/"));
  expect(files).toEqual(
    expect.arrayContaining(["/favicon.ico", "/favicon.svg", "/share/arcs.png"]),
  );
  for (const file of files) {
    expect(await cacheControlOf(file), file).toBe(
      "public, max-age=86400, stale-while-revalidate=604800",
    );
  }
});
