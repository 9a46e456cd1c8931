import type { Page } from "playwright-core";
import { insertCourse } from "./courses.ts";
import type { Platform } from "./platform.ts";

/** Where is told what has become of the outline. */
export const status = (page: Page) => page.locator("#outline-status");

/** The titles of the lessons that a section shows, in their order. */
export const lessonsOf = (page: Page, section: string) =>
  page
    .getByRole("list", { name: `Lessons of ${section}` })
    .getByRole("link")
    .allTextContents();

/** A window that shows all that is moved, and could still be scrolled. */
export const tallViewport = { viewport: { width: 1280, height: 1200 } };

/** Opens the outline of a new course with five lessons in two sections, and a third without any; gives its id. */
export async function openOutline(page: Page, platform: Platform): Promise<string> {
  const { id } = await insertCourse(platform, {
    sections: [["public", "public", "public"], ["public", "public"], []],
  });
  await page.goto(`/admin/courses/${id}/outline`);
  await page.locator("[draggable=true]").first().waitFor();
  return id;
}

/** Keeps what an outline's page posts from the worker until it is let go: till then no answer comes between two presses. */
export async function holdPostRequests(page: Page) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const path = "**/outline**";
  await page.route(path, async (route) => {
    if (route.request().method() === "POST") await promise;
    // What the page has broken off meanwhile cannot go on.
    await route.continue().catch(() => undefined);
  });
  return {
    async release() {
      resolve();
      await page.unroute(path);
    },
  };
}
