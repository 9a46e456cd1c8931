import { beforeAll, expect, test } from "vitest";
import { type ConsoleUser, consoleUser } from "../support/admin-console.ts";
import { blockUrls } from "../support/block-urls.ts";
import { useBrowser, useSite } from "../support/fixtures.ts";
import { openPage } from "../support/open-page.ts";
import { recordPolicyViolations } from "../support/policy-violations.ts";
import { markdownXssPayloads, xssPayloads } from "../support/xss-payloads.ts";

const platform = await useSite();
const browser = await useBrowser();
let ada: ConsoleUser;
beforeAll(async () => {
  ada = await consoleUser(platform, "admin");
});

async function send(path: string, fields: Record<string, string>): Promise<void> {
  const response = await ada.post(path, fields);
  const body = response.status < 400 ? "" : await response.text();
  expect(response.status, `${path} ${JSON.stringify(fields)} ${body}`).toBe(302);
}

/**
 * Publishes a course with the given text in every field, using the console's forms. Returns the
 * paths of its pages.
 */
async function writeCourse(number: number, text: string): Promise<string[]> {
  const id = crypto.randomUUID();
  const [sectionId, lessonId] = [crypto.randomUUID(), crypto.randomUUID()];
  const slug = `hostile-${number}`;
  const line = [...text.replace(/\s+/g, " ")].slice(0, 110).join("");
  const words = { title: line, summary: line, description: text };
  const path = `/admin/courses/${id}`;
  const version = async () =>
    `${await platform.db.prepare("select version from courses where id = ?").bind(id).first("version")}`;
  await send("/admin/courses/new", {
    id,
    slug,
    ...words,
    cover: "arcs",
    price: "0",
    currency: "EUR",
  });
  await send(`${path}/outline`, { intent: "add-section", id: sectionId, title: line });
  await send(`${path}/outline`, { intent: "add-lesson", id: lessonId, sectionId, title: line });
  await send(`${path}/lessons/${lessonId}`, {
    version: "1",
    title: line,
    body: text,
    durationMinutes: "5",
    status: "preview",
  });
  await send(`${path}?index`, { status: "published", version: await version() });
  const stored = await platform.db
    .prepare(
      "select courses.title, description, body, lessons.slug as lesson from courses join lessons on course_id = courses.id where courses.id = ?",
    )
    .bind(id)
    .first<{ lesson: string }>();
  const visible = text.replaceAll("\u0001", "");
  expect(stored).toMatchObject({ description: visible, body: visible });
  return [
    `/courses/${slug}`,
    `/courses/${slug}/lessons/${stored?.lesson}`,
    path,
    `${path}/outline`,
    `${path}/lessons/${lessonId}`,
  ];
}

/** Visits pages as the admin and reports anything that a text made them run, load or send. */
async function findViolations(paths: readonly string[]): Promise<string[]> {
  const { page, close } = await openPage(browser, platform.origin, { isFresh: true });
  const context = page.context();
  await context.addCookies(
    Object.entries(ada.cookies).map(([name, value]) => ({ name, value, url: platform.origin })),
  );
  const violations = recordPolicyViolations(context);
  // Clerk's components show none of these texts and take most of the time.
  await blockUrls(page, ["*/npm/@clerk/*"]);
  const found: string[] = [];
  page.on("dialog", (dialog) => found.push(`dialog ${dialog.message()}`));
  page.on("request", (request) => {
    if (request.url().includes("evil.example")) found.push(`request to ${request.url()}`);
  });
  for (const path of paths) {
    const response = await page.goto(path, { waitUntil: "load" });
    if (response?.status() !== 200) found.push(`${path} answered ${response?.status()}`);
    if ((await page.title()) === "taken") found.push(`${path} was taken over`);
    const injected = await page.locator("iframe, base, svg[onload], [onerror], form[action^=http]");
    if ((await injected.count()) > 0) found.push(`${path} contains an injected element`);
  }
  await close();
  return [...found, ...violations];
}

test("hostile texts in every field of a course are shown as plain text to visitors and admins", async () => {
  const texts = [...new Set([...xssPayloads, ...markdownXssPayloads])];
  const paths: string[] = [];
  for (const [number, text] of texts.entries()) paths.push(...(await writeCourse(number, text)));
  paths.push("/", "/admin/courses", "/admin/audit");
  const perBrowser = Math.ceil(paths.length / 3);
  const shares = [0, 1, 2].map((n) => paths.slice(n * perBrowser, (n + 1) * perBrowser));
  const found = await Promise.all(shares.map(findViolations));
  expect(found.flat()).toEqual([]);
});
