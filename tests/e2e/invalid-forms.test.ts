import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { useBrowser, useSite } from "../support/fixtures.ts";
import { createSeedUsers, loginAs } from "../support/pages.ts";

const platform = await useSite();
const browser = await useBrowser();
beforeAll(() => createSeedUsers(platform));

const focusedField = (page: Page) =>
  page.evaluate(() => document.activeElement?.getAttribute("name"));
const firstId = (table: "lessons" | "users", condition: string) =>
  platform.db.prepare(`select id from ${table} where ${condition}`).first<string>("id");

async function formsWithErrors() {
  const lesson = await platform.db
    .prepare("select * from lessons order by id limit 1")
    .first<{ id: string; course_id: string; section_id: string }>();
  const course = `/admin/courses/${lesson?.course_id}`;
  const lessonPath = `${course}/lessons/${lesson?.id}`;
  const grace = await firstId("users", "email = 'grace@example.com'");
  return [
    { path: "/admin/courses/new", button: "Create course", invalid: "title" },
    { path: course, empty: "Summary", button: "Save details", invalid: "summary" },
    { path: lessonPath, empty: "Minutes", button: "Save lesson", invalid: "durationMinutes" },
    { path: `${course}/outline`, button: "Add section", invalid: "title" },
    { path: `${course}/outline?add=${lesson?.section_id}`, button: "Add lesson", invalid: "title" },
    {
      path: `${course}/outline?rename=${lesson?.section_id}`,
      empty: "New name for",
      button: "Rename",
      invalid: "title",
    },
    { path: `${course}/people`, button: "Enroll", invalid: "who" },
    { path: `/admin/users/${grace}?change=role`, button: "Make admin", invalid: "reason" },
  ];
}

async function submitInvalid(page: Page, form: Awaited<ReturnType<typeof formsWithErrors>>[0]) {
  // A field that the browser itself would find missing does not reach the worker.
  if (form.invalid === "reason") await page.getByLabel("Reason").fill(" ");
  if (form.empty) await page.getByLabel(form.empty).fill("");
  await page.getByRole("button", { name: form.button, exact: true }).click();
  await page.locator("[aria-invalid=true]").first().waitFor();
  await expect.poll(() => focusedField(page), { message: form.path }).toBe(form.invalid);
}

test("without JavaScript, the first invalid field of every form has focus", async () => {
  const options = { javaScriptEnabled: false };
  const { page, close } = await loginAs("admin", browser, platform, options);
  for (const form of await formsWithErrors()) {
    await page.goto(form.path);
    await submitInvalid(page, form);
  }
  await close();
});

test("with JavaScript, too", async () => {
  const { page, close } = await loginAs("admin", browser, platform);
  for (const form of await formsWithErrors()) {
    await page.goto(form.path);
    await page.getByRole("button", { name: "Open user menu" }).waitFor();
    await submitInvalid(page, form);
  }
  await close();
});

test("a form sent before the scripts arrive has focus in its first invalid field, and keeps it", async () => {
  const { page, close } = await loginAs("admin", browser, platform);
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  await page.route("**/build/entry.client-*.js", async (route) => {
    await released;
    await route.continue();
  });
  await page.goto("/admin/courses/new", { waitUntil: "commit" });
  await page.getByLabel("Title").fill("Typed early");
  await page.getByRole("button", { name: "Create course" }).click({ noWaitAfter: true });
  await page.getByText("Not saved:").waitFor();
  await expect.poll(() => focusedField(page)).toBe("slug");
  release();
  await page.getByRole("button", { name: "Open user menu" }).waitFor();
  expect(await focusedField(page)).toBe("slug");
  await close();
});
