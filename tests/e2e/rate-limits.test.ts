import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { rowOf } from "../support/course-console.ts";
import { insertCourse } from "../support/courses.ts";
import { useBrowser, useSite } from "../support/fixtures.ts";
import { createSeedUsers, loginAs } from "../support/pages.ts";

const platform = await useSite({}, { actionLimit: 1 });
const browser = await useBrowser();
beforeAll(async () => {
  await createSeedUsers(platform);
});

/** Posts until the user's limit for this kind of action is reached. */
const exhaust = (page: Page, path: string, fields: Record<string, string>) =>
  page.evaluate(
    async ([url, form]) => {
      const post = () => fetch(url, { method: "POST", body: new URLSearchParams(form) });
      while ((await post()).status !== 429);
    },
    [path, fields] as const,
  );

test("a lesson that is refused keeps its text in the form", async () => {
  const { id, lessons } = await insertCourse(platform);
  const lessonId = lessons[0]?.id ?? "";
  const { page, close } = await loginAs("admin", browser, platform);
  await page.goto(`/admin/courses/${id}/lessons/${lessonId}`);
  const text = page.getByRole("textbox", { name: "Text" });
  const refused = page.getByText("that was too many requests");
  // Again if a new minute has begun in between.
  for (let words = ""; !(await refused.isVisible()); ) {
    await exhaust(page, "/admin/sync", { mode: "dry-run" });
    words += "Typed words. ";
    await text.fill(words);
    await page.getByRole("button", { name: "Save lesson" }).click();
    await refused.or(page.getByText("Saved.", { exact: true })).waitFor();
    expect(await text.inputValue()).toBe(words);
    const saved = await rowOf(platform, "lessons", lessonId);
    if (await refused.isVisible()) expect(saved?.body).not.toBe(words);
  }
  await close();
});
