import type { Page } from "playwright-core";
import { opens, opensSignedIn, type SitePage } from "./page.ts";

/** The catalog and the pages of signed-in users; the newcomer's pages are empty. */
export const publicPages: readonly SitePage[] = [
  { name: "home", as: "visitor", show: opens("/", "Reading a map") },
  { name: "home-search", as: "visitor", show: opens("/?q=map", "Courses matching") },
  { name: "home-no-match", as: "visitor", show: opens("/?q=zzz", "No courses match") },
  { name: "home-end", as: "visitor", show: opens("/?after=0", "No more courses") },
  { name: "home-signed-in", as: "user", show: opensSignedIn("/", "Reading a map") },
  { name: "not-found", as: "visitor", show: opens("/no-such-page", "Page not found") },
  { name: "course", as: "visitor", show: opens("/courses/maps", "Sign up to enroll") },
  { name: "course-enrolled", as: "user", show: opensSignedIn("/courses/maps", "2 of 5 lessons") },
  { name: "course-priced", as: "admin", show: opensSignedIn("/courses/type", "Buy for €29.00") },
  { name: "course-ordered", as: "user", show: opensSignedIn("/courses/sound", "View your order") },
  {
    name: "course-draft",
    as: "admin",
    show: opensSignedIn("/courses/drawing", "Only admins can see"),
  },
  {
    name: "course-finished",
    as: "graduate",
    show: opensSignedIn("/courses/numbers", "You’ve completed Numbers that persuade"),
  },
  { name: "lesson", as: "user", show: opensSignedIn(lesson(3), "Play on YouTube") },
  { name: "lesson-outline", as: "user", show: openOutline },
  { name: "lesson-finished", as: "user", show: opensSignedIn(lesson(2), "(undo)") },
  { name: "lesson-preview", as: "visitor", show: opens(lesson(1), "This is a preview") },
  { name: "lesson-locked", as: "visitor", show: opens(lesson(3), "for enrolled learners") },
  { name: "dashboard", as: "user", show: opensSignedIn("/dashboard", "Continue: Contour lines") },
  {
    name: "dashboard-empty",
    as: "newcomer",
    show: opensSignedIn("/dashboard", "No courses yet"),
  },
  {
    name: "dashboard-finished",
    as: "graduate",
    show: opensSignedIn("/dashboard", "Find your next course"),
  },
  { name: "courses", as: "user", show: opensSignedIn("/courses", "2 of 5 lessons") },
  { name: "courses-empty", as: "newcomer", show: opensSignedIn("/courses", "No courses yet") },
  { name: "purchases", as: "user", show: opensSignedIn("/purchases", "View receipt") },
  {
    name: "purchases-empty",
    as: "newcomer",
    show: opensSignedIn("/purchases", "No purchases yet"),
  },
  { name: "order", as: "user", show: openPurchase("View order", "Cancel order") },
  { name: "receipt", as: "user", show: openPurchase("View receipt", "Go to the course") },
  { name: "forbidden", as: "user", show: opens("/admin", "You don’t have access to this page") },
];

function lesson(number: number): string {
  return `/courses/maps/lessons/lesson-${number}`;
}

async function openOutline(page: Page): Promise<void> {
  await opensSignedIn(lesson(3), "Play on YouTube")(page);
  const fold = page.getByText("All lessons");
  if (await fold.isVisible()) await fold.click();
  await page.getByRole("link", { name: "Finding yourself" }).first().waitFor();
}

function openPurchase(link: string, text: string) {
  return async (page: Page) => {
    await opensSignedIn("/purchases", link)(page);
    await page.getByRole("link", { name: link }).first().click();
    await page.getByText(text).waitFor();
  };
}
