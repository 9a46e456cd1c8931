import type { Page } from "playwright-core";
import { opensSignedIn, type SitePage } from "./page.ts";

/** The admin console. */
export const adminPages: readonly SitePage[] = [
  { name: "admin", as: "admin", show: opensSignedIn("/admin", "Admin overview") },
  { name: "admin-users", as: "admin", show: opensSignedIn("/admin/users", "Grace Hopper") },
  { name: "admin-nobody", as: "admin", show: opensSignedIn("/admin/users?q=zz", "No users match") },
  { name: "admin-user", as: "admin", show: openUserPage },
  { name: "admin-user-add", as: "admin", show: addToUnknownCourse },
  { name: "admin-role", as: "admin", show: openRoleDialog },
  { name: "admin-sync", as: "admin", show: opensSignedIn("/admin/sync", "Compare and repair") },
  { name: "admin-audit", as: "admin", show: opensSignedIn("/admin/audit", "Runs the courses") },
  { name: "admin-courses", as: "admin", show: opensSignedIn("/admin/courses", "Joins by example") },
  {
    name: "admin-no-courses",
    as: "admin",
    show: opensSignedIn("/admin/courses?q=zz", "No courses match"),
  },
  { name: "admin-course-new", as: "admin", show: submitInvalidCourse },
  { name: "admin-course", as: "admin", show: openCourse },
  { name: "admin-course-conflict", as: "admin", show: saveOutdatedCourse },
  { name: "admin-outline", as: "admin", show: openOutline },
  { name: "admin-outline-add", as: "admin", show: addLesson },
  { name: "admin-outline-rename", as: "admin", show: renameSection },
  { name: "admin-lesson", as: "admin", show: openLesson },
  { name: "admin-lesson-preview", as: "admin", show: previewLesson },
  { name: "admin-lesson-remove", as: "admin", show: openRemoveDialog },
  { name: "admin-people", as: "admin", show: enrollUnknownUser },
  { name: "admin-learner-search", as: "admin", show: searchLearners },
  {
    name: "admin-purchases",
    as: "admin",
    show: opensSignedIn("/admin/purchases", "CP-0J7K2M4N6P"),
  },
  {
    name: "admin-paid",
    as: "admin",
    show: opensSignedIn(
      "/admin/purchases?ask=paid&purchase=order-1",
      "Mark CP-0J7K2M4N6P as paid?",
    ),
  },
  {
    name: "admin-purchase-search",
    as: "admin",
    show: opensSignedIn("/admin/purchases?q=grace+join&status=pending&from=2025-01-01", "CP-0J7"),
  },
  {
    name: "admin-refund",
    as: "admin",
    show: opensSignedIn("/admin/purchases/order-2", "Send the money back yourself"),
  },
];

async function openUserPage(page: Page): Promise<void> {
  await opensSignedIn("/admin/users", "Grace Hopper")(page);
  await page.getByRole("link", { name: "Grace Hopper" }).click();
  await page.getByRole("heading", { name: "State at Clerk" }).waitFor();
}

async function addToUnknownCourse(page: Page): Promise<void> {
  await openUserPage(page);
  await page.getByLabel("Add to a course").fill("Alchemy");
  await page.getByRole("button", { name: "Add to course" }).click();
  await page.getByText("No course has this").waitFor();
}

async function openRoleDialog(page: Page): Promise<void> {
  await openUserPage(page);
  await page.getByRole("link", { name: "Make admin…" }).click();
  await page.getByLabel("Reason").fill("Runs the courses");
}

async function submitInvalidCourse(page: Page): Promise<void> {
  await opensSignedIn("/admin/courses/new", "New course")(page);
  await page.getByLabel("Title").fill("Élan & Côté");
  await page.getByLabel("Price").fill("29.999");
  await page.getByRole("button", { name: "Create course" }).click();
  await page.getByText("Enter a price in EUR such as").waitFor();
}

async function openCourse(page: Page): Promise<void> {
  await opensSignedIn("/admin/courses", "Joins by example")(page);
  await page.getByRole("link", { name: "Joins by example" }).click();
  await page.getByRole("button", { name: "Save details" }).waitFor();
}

/** The script saves the form first, so the version in the page is outdated. */
async function saveOutdatedCourse(page: Page): Promise<void> {
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
  await page.getByText("Someone else changed this course").waitFor();
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

async function renameSection(page: Page): Promise<void> {
  await openOutline(page);
  await page
    .getByRole("link", { name: /^Rename / })
    .first()
    .click();
  await page.getByRole("button", { name: "Rename" }).waitFor();
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

async function openRemoveDialog(page: Page): Promise<void> {
  await openLesson(page);
  await page.getByRole("link", { name: "Remove lesson…" }).click();
  await page.getByRole("dialog", { name: "Remove What a join does?" }).waitFor();
}

async function openLearners(page: Page): Promise<void> {
  await openCourse(page);
  await page.getByRole("navigation", { name: "Course" }).getByText("Learners").click();
}

async function searchLearners(page: Page): Promise<void> {
  await openLearners(page);
  await page.getByRole("searchbox").fill("zz");
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByText("No learners match").waitFor();
}

async function enrollUnknownUser(page: Page): Promise<void> {
  await openLearners(page);
  await page.getByLabel("Email addresses or IDs").fill("nobody@example.com mary@example.com");
  await page.getByRole("button", { name: "Enroll", exact: true }).click();
  await page.getByText("No user has the email address").waitFor();
}
