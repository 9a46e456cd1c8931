import type { Page } from "playwright-core";
import { opensSignedIn, type SitePage } from "./page.ts";

/** The console. */
export const adminPages: readonly SitePage[] = [
  { name: "admin", as: "admin", show: opensSignedIn("/admin", "Admin overview") },
  { name: "admin-users", as: "admin", show: opensSignedIn("/admin/users", "Grace Hopper") },
  { name: "admin-nobody", as: "admin", show: opensSignedIn("/admin/users?q=zz", "No name in") },
  { name: "admin-user", as: "admin", show: openGracesPage },
  { name: "admin-role", as: "admin", show: askForReason },
  { name: "admin-sync", as: "admin", show: opensSignedIn("/admin/sync", "Compare and repair") },
  { name: "admin-audit", as: "admin", show: opensSignedIn("/admin/audit", "Runs the courses") },
  { name: "admin-courses", as: "admin", show: opensSignedIn("/admin/courses", "Joins by example") },
  {
    name: "admin-no-courses",
    as: "admin",
    show: opensSignedIn("/admin/courses?q=zz", "No course is"),
  },
  { name: "admin-course-new", as: "admin", show: refuseNewCourse },
  { name: "admin-course", as: "admin", show: openCourse },
  { name: "admin-course-conflict", as: "admin", show: saveTooLate },
  { name: "admin-outline", as: "admin", show: openOutline },
  { name: "admin-outline-add", as: "admin", show: addLesson },
  { name: "admin-lesson", as: "admin", show: openLesson },
  { name: "admin-lesson-preview", as: "admin", show: previewLesson },
  { name: "admin-lesson-remove", as: "admin", show: askToRemove },
  { name: "admin-people", as: "admin", show: refuseStranger },
  {
    name: "admin-purchases",
    as: "admin",
    show: opensSignedIn("/admin/purchases", "CP-0J7K2M4N6P"),
  },
  {
    name: "admin-refund",
    as: "admin",
    show: opensSignedIn("/admin/purchases?ask=refunded&purchase=order-2", "Refund CP-9QRS8TVWXY?"),
  },
];

async function openGracesPage(page: Page): Promise<void> {
  await opensSignedIn("/admin/users", "Grace Hopper")(page);
  await page.getByRole("link", { name: "Grace Hopper" }).click();
  await page.getByRole("heading", { name: "Sync with Clerk" }).waitFor();
}

async function askForReason(page: Page): Promise<void> {
  await openGracesPage(page);
  await page.getByRole("link", { name: "Make admin…" }).click();
  await page.getByLabel("Reason").fill("Runs the courses");
}

async function refuseNewCourse(page: Page): Promise<void> {
  await opensSignedIn("/admin/courses/new", "New course")(page);
  await page.getByLabel("Title").fill("Élan & Côté");
  await page.getByLabel("Price").fill("29.999");
  await page.getByRole("button", { name: "Create course" }).click();
  await page.getByText("This is no price in EUR").waitFor();
}

async function openCourse(page: Page): Promise<void> {
  await opensSignedIn("/admin/courses", "Joins by example")(page);
  await page.getByRole("link", { name: "Joins by example" }).click();
  await page.getByRole("button", { name: "Save details" }).waitFor();
}

/** Another tab is quicker: whatever becomes of what it sends, the version in this one is old. */
async function saveTooLate(page: Page): Promise<void> {
  await opensSignedIn("/admin/courses?q=old", "Old proofs")(page);
  await page.getByRole("link", { name: "Old proofs" }).click();
  const title = page.locator("#course").getByLabel("Title");
  await title.waitFor();
  await page.evaluate(async () => {
    const form = document.querySelector<HTMLFormElement>("form#course");
    const fields = [...new FormData(form ?? undefined)];
    const body = new URLSearchParams(fields.map(([name, value]) => [name, `${value}`]));
    body.set("summary", `About proofs, ${Date.now()}`);
    await fetch(`${location.pathname}?index`, { method: "POST", body });
  });
  await title.fill("Old proofs, read anew");
  await page.getByRole("button", { name: "Save details" }).click();
  await page.getByText("Somebody changed this course meanwhile").waitFor();
}

async function openOutline(page: Page): Promise<void> {
  await openCourse(page);
  await page.getByRole("navigation", { name: "Course" }).getByText("Outline").click();
  await page.getByRole("button", { name: "Add section" }).waitFor();
}

async function addLesson(page: Page): Promise<void> {
  await openOutline(page);
  await page.getByRole("link", { name: "Add a lesson to Later" }).click();
  await page.getByLabel("New lesson").waitFor();
}

async function openLesson(page: Page): Promise<void> {
  await openOutline(page);
  await page.getByRole("link", { name: "What a join does" }).click();
  await page.getByRole("button", { name: "Save lesson" }).waitFor();
}

async function previewLesson(page: Page): Promise<void> {
  await openLesson(page);
  await page.getByRole("tab", { name: "Preview" }).click();
  await page.getByRole("table").waitFor();
}

async function askToRemove(page: Page): Promise<void> {
  await openLesson(page);
  await page.getByRole("link", { name: "Remove lesson…" }).click();
  await page.getByRole("dialog", { name: "Remove What a join does?" }).waitFor();
}

async function refuseStranger(page: Page): Promise<void> {
  await openCourse(page);
  await page.getByRole("navigation", { name: "Course" }).getByText("People").click();
  await page.getByLabel("E-mail address or id").fill("nobody@example.com");
  await page.getByRole("button", { name: "Enrol", exact: true }).click();
  await page.getByText("Nobody here has this").waitFor();
}
