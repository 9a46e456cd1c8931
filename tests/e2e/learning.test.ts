import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { type ConsoleUser, consoleUser } from "../support/admin-console.ts";
import { type Person, signUp, submitSignIn } from "../support/clerk-forms.ts";
import { insertCourse } from "../support/courses.ts";
import { useBrowser, useSite } from "../support/fixtures.ts";
import { openBrowser } from "../support/open-browser.ts";

const platform = await useSite();
const browser = await useBrowser();
let admin: ConsoleUser;
beforeAll(async () => {
  admin = await consoleUser(platform, "admin");
});

const person = (email: string): Person => ({
  firstName: "Mary",
  lastName: "Somerville",
  email,
  password: "the connexion of the sciences",
});

/** Holds POST requests to a URL until they are released; `held` resolves at the first one. */
async function holdPostRequests(page: Page, url: string) {
  const held = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  await page.route(url, async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    held.resolve();
    await release.promise;
    return route.continue();
  });
  return { held: held.promise, release: () => release.resolve() };
}

async function userOf({ email }: Person): Promise<{ id: string }> {
  const statement = platform.db.prepare("select id from users where email = ?").bind(email);
  const user = await statement.first<{ id: string }>();
  if (!user) throw new Error(`${email} has no row`);
  return user;
}

async function countCompletions(courseId: string): Promise<number | null> {
  const sql = "select count(*) n from lesson_completions where course_id = ?";
  return platform.db.prepare(sql).bind(courseId).first<number>("n");
}

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });
const link = (page: Page, name: string | RegExp) => page.getByRole("link", { name });

/** Marks a lesson as done and checks that the page shows it before the server saves it. */
async function markOptimistically(page: Page, course: { id: string; path: string }): Promise<void> {
  const post = await holdPostRequests(page, `**${course.path}/lessons/lesson-1.data`);
  await button(page, "Mark as done").click();
  await post.held;
  await button(page, "Done (undo)").waitFor();
  await page.getByText("1 of 3 lessons").waitFor();
  await page.getByText("Done:").waitFor({ state: "attached" });
  expect(await countCompletions(course.id)).toBe(0);
  post.release();
  await expect.poll(() => countCompletions(course.id)).toBe(1);
}

test("a visitor reads a preview, signs up, completes the course, buys another and gets a receipt", async () => {
  const free = await insertCourse(platform, { title: "Reading a map" });
  const paid = await insertCourse(platform, { title: "Writing a letter", priceMinor: 2_900 });
  const { page, expectNoProblems, close } = await openBrowser(browser, platform.origin);
  const mary = person("mary@example.com");

  await page.goto("/");
  await link(page, "Reading a map").click();
  await link(page, "Lesson 1").click();
  await page.getByText("The text of lesson 1.").waitFor();
  await link(page, "View course").click();
  await link(page, "Sign up to enroll").click();
  await signUp(page, mary);
  await page.waitForURL(`**${free.path}`);

  await button(page, "Enroll for free").click();
  await page.waitForURL(`**${free.path}/lessons/lesson-1`);
  await markOptimistically(page, free);
  for (const number of [2, 3]) {
    await page.getByRole("link", { name: "Next lesson", exact: true }).click();
    await page.getByText(`The text of lesson ${number}.`).waitFor();
    await button(page, "Mark as done").click();
    await page.getByText(`${number} of 3 lessons`).waitFor();
  }
  await page.getByText("You’ve completed Reading a map.").waitFor();
  await expect.poll(() => countCompletions(free.id)).toBe(3);
  await link(page, "Finish course").click();
  await page.waitForURL(`**${free.path}`);
  await page.getByText("You’ve completed Reading a map.").waitFor();
  await page.getByText("3 of 3 lessons").waitFor();
  expect(await page.getByText("Preview", { exact: true }).count()).toBe(0);
  await link(page, "My courses").click();
  await page.getByRole("heading", { name: "My courses" }).waitFor();
  await page.getByText("3 of 3 lessons").waitFor();
  await link(page, "Dashboard").click();
  await page.getByRole("heading", { name: "Reading a map" }).waitFor();
  await page.getByText("You’ve completed this course.").waitFor();
  const { id } = await userOf(mary);
  const text = await page.getByRole("main").textContent();
  expect(text).toContain(mary.email);
  expect(text).not.toContain(id);
  expect(text).not.toMatch(/role/i);
  await link(page, "Find your next course").click();
  await page.getByText("Completed", { exact: true }).waitFor();

  await page.goto(paid.path);
  await page.getByLabel("Give me access as soon as I have paid").check();
  await button(page, "Buy for €29.00").click();
  await page.waitForURL("**/purchases/*");
  await button(page, "Cancel order").waitFor();
  const purchaseId = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  const settled = await admin.post("/admin/purchases", {
    purchaseId,
    settlement: "paid",
  });
  expect(settled.status).toBe(302);
  await link(page, "Purchase history").click();
  await link(page, "View receipt").click();
  await page.getByRole("heading", { name: "Receipt" }).waitFor();
  await page.getByText("Mary Somerville").waitFor();
  await link(page, "Go to the course").click();
  await link(page, "Start").click();
  await page.waitForURL(`**${paid.path}/lessons/lesson-1`);

  expectNoProblems();
  await close();
});

test("an existing user returns to the course after signing in", async () => {
  const course = await insertCourse(platform);
  const { page, expectNoProblems, close } = await openBrowser(browser, platform.origin);
  const { firstName, lastName, email, password } = person("caroline@example.com");
  await platform.clerk.createUser({ firstName, lastName, emailAddresses: [email], password });
  await page.goto(course.path);
  await link(page, "Sign up to enroll").click();
  await page.getByLabel("First name").waitFor();
  await page.getByRole("main").getByRole("link", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: /^Sign in to/ }).waitFor();
  await submitSignIn(page, { email, password });
  await page.waitForURL(`**${course.path}`);
  await button(page, "Enroll for free").waitFor();
  expectNoProblems();
  await close();
});

test("a mark that cannot be saved is undone and an error is shown", async () => {
  const course = await insertCourse(platform);
  const { page, close } = await openBrowser(browser, platform.origin);
  await page.goto(`/sign-up?redirect_url=${course.path}`);
  await signUp(page, person("ada@example.com"));
  await button(page, "Enroll for free").click();
  await page.waitForURL("**/lessons/lesson-1");
  await page.route("**/lessons/lesson-1.data", (route) => route.abort());
  await button(page, "Mark as done").click();
  await page.getByRole("alert").getByText("Could not save").waitFor();
  await button(page, "Mark as done").waitFor();
  await page.getByText("0 of 3 lessons").waitFor();
  await page.unroute("**/lessons/lesson-1.data");
  await button(page, "Mark as done").click();
  await expect.poll(() => countCompletions(course.id)).toBe(1);
  expect(await page.getByRole("alert").count()).toBe(0);
  await close();
});

test("a changed price is shown and announced before anything can be ordered", async () => {
  const course = await insertCourse(platform, { priceMinor: 2_900 });
  const { page, close } = await openBrowser(browser, platform.origin);
  await page.goto(`/sign-up?redirect_url=${course.path}`);
  await signUp(page, person("sophie@example.com"));
  await button(page, "Buy for €29.00").waitFor();
  const raise = "update courses set price_minor = 3500 where id = ?";
  await platform.db.prepare(raise).bind(course.id).run();
  await page.getByLabel("Give me access as soon as I have paid").check();
  await button(page, "Buy for €29.00").click();
  const notice = page.getByRole("alert");
  await notice.getByText("this course now costs €35.00. No order was placed.").waitFor();
  expect(await notice.evaluate((box) => box === document.activeElement)).toBe(true);
  await button(page, "Buy for €35.00").click();
  await page.waitForURL("**/purchases/*");
  await close();
});
