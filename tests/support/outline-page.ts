import type { Page } from "playwright-core";
import { insertCourse } from "./courses.ts";
import type { Platform } from "./platform.ts";

/** The status message of the outline. */
export const status = (page: Page) => page.locator("#outline-status");

/** The lesson titles of a section, in order. */
export const lessonsOf = (page: Page, section: string) =>
  page
    .getByRole("list", { name: `Lessons of ${section}` })
    .getByRole("link")
    .allTextContents();

/** Shows all lessons at once, but can still scroll. */
export const tallViewport = { viewport: { width: 1280, height: 1200 } };

/** Opens the outline of a new course with five lessons in two sections and an empty third one. */
export async function openOutline(page: Page, platform: Platform): Promise<string> {
  const { id } = await insertCourse(platform, {
    sections: [["public", "public", "public"], ["public", "public"], []],
  });
  await page.goto(`/admin/courses/${id}/outline`);
  await page.locator("[draggable=true]").first().waitFor();
  return id;
}

/** Holds the outline's POST requests until released, so that no response arrives in between. */
export async function holdPostRequests(page: Page) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const path = "**/outline**";
  await page.route(path, async (route) => {
    if (route.request().method() === "POST") await promise;
    // Requests that the page has aborted cannot continue.
    await route.continue().catch(() => undefined);
  });
  return {
    async release() {
      resolve();
      await page.unroute(path);
    },
  };
}
