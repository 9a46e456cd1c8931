import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type ConsoleUser, consoleUser } from "../support/admin-console.ts";
import { insertCourse } from "../support/courses.ts";
import { cookieHeader } from "../support/people.ts";
import { type Platform, startPlatform } from "../support/platform.ts";

let platform: Platform;
let grace: ConsoleUser;
beforeAll(async () => {
  platform = await startPlatform({}, { withFaults: true });
  const { id } = await insertCourse(platform, { title: "Reading maps" });
  grace = await consoleUser(platform, "user");
  await platform.db
    .prepare("insert into enrollments values (?, ?, 'free', 1700000000000, null, null)")
    .bind(grace.id, id)
    .run();
});
afterAll(() => platform.close());
beforeEach(async () => {
  await platform.armFault(null);
  await platform.kv.delete(`user:v2:${grace.clerkUserId}`);
});

/** Of a dashboard with nothing cached: KV, the person in D1, the courses in D1. */
const askingForCourses = 3;
const browser = "Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36";

const open = (path: string, headers: Record<string, string> = {}) =>
  grace.visit(path, {
    headers: {
      ...cookieHeader(grace.cookies),
      Accept: "text/html",
      // Compressing, the local runtime holds back what is there until there is more of it.
      "Accept-Encoding": "identity",
      "User-Agent": browser,
      ...headers,
    },
    signal: AbortSignal.timeout(30_000),
  });

const readable = (html: string) => html.replaceAll("<!-- -->", "");

/** Lets go on whoever waits for another step to be done. */
const doAnotherStep = () => fetch(`${platform.origin}/api/health`);

describe("a dashboard whose courses D1 still looks for", () => {
  test("is shown without them, and they follow", async () => {
    await platform.armFault({ step: askingForCourses, mode: "meets" });
    const response = await open("/dashboard");
    expect(response.status).toBe(200);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let seen = "";
    while (!seen.includes("</main>")) seen += (await reader?.read())?.value ?? "</main>";
    expect(readable(seen)).toContain("Welcome, Ada Lovelace");
    expect(seen).toContain(grace.id);
    expect(seen).toContain("Loading your courses");
    expect(seen).not.toContain("Reading maps");

    await doAnotherStep();
    let rest = "";
    for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
      rest += part.value;
    }
    expect(readable(rest)).toContain("0 of 3 lessons");
    expect(rest).toContain("Reading maps");
  });

  test("goes whole to a search engine", async () => {
    const html = await (await open("/dashboard", { "User-Agent": "Googlebot/2.1" })).text();
    expect(html).not.toContain("Loading your courses");
    expect(html.indexOf("Reading maps")).toBeLessThan(html.indexOf("</main>"));
  });

  test("goes whole to a page that is open: as values, with no promise among them", async () => {
    const data = await (await open("/dashboard.data", { Accept: "*/*" })).text();
    expect(data).toContain("Reading maps");
    expect(data).not.toContain('["P",');
  });
});

test.each(["fails", "hangs"] as const)(
  "when asking for the courses %s, the page says so and the log has one line",
  async (mode) => {
    await platform.armFault({ step: askingForCourses, mode });
    const before = platform.logLines.length;
    const response = await open("/dashboard");
    expect(response.status).toBe(200);
    const html = readable(await response.text());
    expect(html).toContain("Welcome, Ada Lovelace");
    expect(html).toContain("Your courses could not be loaded");
    await expect
      .poll(() => platform.logLines.slice(before).map((line) => JSON.parse(line)))
      .toEqual([
        expect.objectContaining({ event: "page.part_failed", requestId: expect.any(String) }),
      ]);
  },
);

test("courses that stand beside the record are in the page from its start", async () => {
  await (await open("/dashboard")).text();
  await expect.poll(() => platform.kv.get(`user:v2:${grace.clerkUserId}`)).toContain("recent");
  const html = await (await open("/dashboard")).text();
  expect(html).not.toContain("Loading your courses");
  expect(html.indexOf("Reading maps")).toBeLessThan(html.indexOf("</main>"));
});

test("only documents with a use for Clerk name ClerkJS in their headers", async () => {
  const named = async (answer: Promise<Response>) =>
    (await answer).headers.get("link")?.includes("clerk.browser.js");
  expect(await named(fetch(`${platform.origin}/`))).toBe(false);
  expect(await named(fetch(`${platform.origin}/sign-in`))).toBe(true);
  expect(await named(open("/"))).toBe(true);
});

test("a document names in its headers what it loads first, as its elements do", async () => {
  const response = await open("/dashboard");
  const html = await response.text();
  const links = response.headers.get("link")?.split(", ") ?? [];
  const kinds = links.map((link) => link.replace(/^<[^>]*>; /, "").replaceAll('"', ""));
  expect(kinds).toEqual([
    "rel=preload; as=font; type=font/woff2; crossorigin=anonymous",
    "rel=preload; as=font; type=font/woff2; crossorigin=anonymous",
    "rel=preload; as=style",
    "rel=modulepreload",
    "rel=preload; as=script; crossorigin=anonymous",
  ]);
  for (const link of links.slice(0, 4)) {
    const address = link.slice(1, link.indexOf(">"));
    expect(html).toContain(`href="${address}"`);
    expect((await fetch(platform.origin + address)).status, address).toBe(200);
  }
});
