import { readFile } from "node:fs/promises";
import { beforeAll, expect, test } from "vitest";
import { insertCourse } from "../support/courses.ts";
import { useBrowser, useSite } from "../support/fixtures.ts";
import { createSeedUsers, loginAs } from "../support/pages.ts";
import { insertPurchase } from "../support/purchases.ts";

const platform = await useSite();
const browser = await useBrowser();
beforeAll(() => createSeedUsers(platform));

const idOf = async (email: string) => {
  const user = platform.db.prepare("select id from users where email = ?").bind(email);
  return (await user.first<string>("id")) ?? "";
};

const screens = [
  { name: "wide", viewport: { width: 1280, height: 800 }, options: {} },
  { name: "narrow", viewport: { width: 390, height: 844 }, options: { hasTouch: true } },
];

test.for(screens)(
  "on a $name screen, an admin takes an order from waiting to paid and looks after its buyer",
  async ({ name, viewport, options }) => {
    const course = await insertCourse(platform, { title: `Tides, ${name}`, priceMinor: 4_900 });
    const other = await insertCourse(platform, { title: `Winds, ${name}`, priceMinor: 100 });
    const userId = await idOf("mary@example.com");
    const reference = `CP-TASK-${name.toUpperCase()}`;
    await insertPurchase(platform, { userId, courseId: course.id, priceMinor: 4_900, reference });
    const { page, close } = await loginAs("admin", browser, platform, { viewport, ...options });
    const dialog = page.getByRole("dialog");
    const courseRow = (title: string) => page.getByRole("row").filter({ hasText: title });

    await page.goto("/admin");
    await page.getByRole("heading", { name: "Revenue" }).waitFor();
    await page.getByRole("link", { name: /^\d+ orders?$/ }).click();
    await page.waitForURL(/status=pending/);
    await page.getByRole("link", { name: `Mark as paid…: ${reference}` }).click();
    await dialog.getByText("Only if €49.00 has arrived").waitFor();
    await dialog.getByRole("link", { name: "Not yet" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("link", { name: `Mark as paid…: ${reference}` }).click();
    await dialog.getByRole("button", { name: "Mark as paid" }).click();
    await page.getByText("Marked as paid. The learner now has access.").waitFor();

    await page.goto("/admin/purchases?status=paid");
    const purchase = page.getByRole("row").filter({ hasText: reference });
    await purchase.getByRole("link", { name: "Mary Somerville" }).click();
    await courseRow(`Tides, ${name}`).getByText("0 of 3 lessons").locator("visible=true").waitFor();
    await page.getByRole("link", { name: `Refund…: ${reference}` }).waitFor();
    await page.getByRole("button", { name: `Revoke: Tides, ${name}` }).click();
    await page.getByText(`Mary Somerville no longer has access to Tides, ${name}.`).waitFor();
    await page.getByRole("button", { name: `Enroll again: Tides, ${name}` }).click();
    await page.getByText(`Mary Somerville now has access to Tides, ${name}.`).waitFor();

    await page.getByLabel("Add to a course").fill("No such course");
    await page.getByRole("button", { name: "Add to course" }).click();
    await page.getByText("No course has this title or URL slug.").waitFor();
    await page.getByLabel("Add to a course").fill(`winds, ${name}`);
    await page.getByRole("button", { name: "Add to course" }).click();
    await page.getByText(`Mary Somerville now has access to Winds, ${name}.`).waitFor();
    await page.getByLabel("Add to a course").fill(other.slug);
    await page.getByRole("button", { name: "Add to course" }).click();
    await page.getByText(`Mary Somerville is already in this course.`).waitFor();
    await page.getByRole("button", { name: "Sync now" }).click();
    await page.getByText("Synced with Clerk.").waitFor();
    await page
      .getByRole("rowheader", { name: /^Enrollment revoked/ })
      .first()
      .waitFor();
    await page.getByRole("link", { name: "All entries" }).click();
    await page.getByRole("heading", { name: "Audit log" }).waitFor();
    await page.getByText("Enrollment revoked").first().waitFor();
    await close();
  },
);

test.for(screens)(
  "on a $name screen, an admin adds several learners by email and exports the list",
  async ({ name, viewport, options }) => {
    const course = await insertCourse(platform, { title: `Currents, ${name}` });
    const { page, close } = await loginAs("admin", browser, platform, { viewport, ...options });
    await page.goto(`/admin/courses/${course.id}/people`);
    const field = page.getByLabel("Email addresses or IDs");
    await field.fill("mary@example.com\nGRACE@example.com, nobody@example.com");
    await page.getByRole("button", { name: "Enroll", exact: true }).click();
    await page.getByText("2 learners were added. Some were not: see below.").waitFor();
    await page.getByText("No user has the email address or ID nobody@example.com.").waitFor();
    await page.getByRole("rowheader", { name: "Mary Somerville" }).waitFor();
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Export CSV" }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe(`${course.slug}-learners.csv`);
    const lines = (await readFile(await file.path(), "utf8")).trim().split("\r\n");
    expect(lines).toHaveLength(3);
    expect(lines.join()).toContain('"mary@example.com"');
    await close();
  },
);
