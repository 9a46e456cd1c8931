import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type ConsoleUser, consoleUser } from "../support/admin-console.ts";
import { insertCourse } from "../support/courses.ts";
import { usePlatform } from "../support/fixtures.ts";
import { cookieHeader } from "../support/people.ts";
import { insertPurchase } from "../support/purchases.ts";

const platform = await usePlatform({}, { withFaults: true });
let grace: ConsoleUser;
beforeAll(async () => {
  const { id } = await insertCourse(platform, { title: "Reading maps" });
  grace = await consoleUser(platform, "user");
  await platform.db
    .prepare("insert into enrollments values (?, ?, 'free', 1700000000000, null, null)")
    .bind(grace.id, id)
    .run();
  await insertPurchase(platform, { userId: grace.id, courseId: id, reference: "CP-1" });
});
beforeEach(() => platform.armFault(null));

/** Of a dashboard with nothing cached: KV, the person in D1, the courses in D1. Of the other pages, the person being known: D1. */
const pages = [
  {
    path: "/dashboard",
    step: 3,
    name: "courses",
    known: "Welcome, Ada Lovelace</h1>",
    late: "Reading maps",
  },
  { path: "/courses", step: 1, name: "courses", known: "My Courses</h1>", late: "Reading maps" },
  {
    path: "/purchases",
    step: 1,
    name: "purchases",
    known: "Purchases History</h1>",
    late: "€29.00",
  },
] as const;

const recordKey = () => `user:v2:${grace.clerkUserId}`;

/** Lets the isolate know the person from KV, as it does of whoever clicks along. */
async function clickAlong(): Promise<void> {
  await open("/account");
  await expect.poll(() => platform.kv.get(recordKey())).not.toBeNull();
  await open("/account");
}

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

describe.each(pages)("$path, while D1 still looks", ({ path, step, name, known, late }) => {
  beforeEach(() => (path === "/dashboard" ? platform.kv.delete(recordKey()) : clickAlong()));

  test("is shown without what it looks for, which follows", async () => {
    await platform.armFault({ step, mode: "meets" });
    const response = await open(path);
    expect(response.status).toBe(200);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let seen = "";
    while (!seen.includes("</main>")) seen += (await reader?.read())?.value ?? "</main>";
    expect(readable(seen)).toContain(known);
    expect(readable(seen)).toContain(`Loading your ${name}`);
    expect(seen).toMatch(/<noscript>.*href="[^"]*\?whole=1".*<\/noscript>/);
    expect(seen).not.toContain(late);

    await doAnotherStep();
    let rest = "";
    for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
      rest += part.value;
    }
    expect(readable(rest)).toContain(late);
  });

  test("goes whole to a search engine", async () => {
    const html = await (await open(path, { "User-Agent": "Googlebot/2.1" })).text();
    expect(readable(html)).not.toContain(`Loading your ${name}`);
    expect(html.indexOf(late)).toBeGreaterThan(0);
    expect(html.indexOf(late)).toBeLessThan(html.indexOf("</main>"));
  });

  test("goes whole to who has no scripts and asks for that", async () => {
    const html = await (await open(`${path}?whole=1`)).text();
    expect(readable(html)).not.toContain(`Loading your ${name}`);
    expect(html.indexOf(late)).toBeGreaterThan(0);
    expect(html.indexOf(late)).toBeLessThan(html.indexOf("</main>"));
  });

  test("goes whole to a page that is open: as values, with no promise among them", async () => {
    const data = await (await open(`${path}.data`, { Accept: "*/*" })).text();
    expect(data).toContain("Reading maps");
    expect(data).not.toContain('["P",');
  });

  test.each(["fails", "hangs"] as const)(
    "and its search %s, says so, and the log has one line",
    async (mode) => {
      await platform.armFault({ step, mode });
      const before = platform.logLines.length;
      const response = await open(path);
      expect(response.status).toBe(200);
      const html = readable(await response.text());
      expect(html).toContain(known);
      expect(html).toContain(`Your ${name} could not be loaded`);
      await expect
        .poll(() => platform.logLines.slice(before).map((line) => JSON.parse(line)))
        .toEqual([
          expect.objectContaining({ event: "page.part_failed", requestId: expect.any(String) }),
        ]);
    },
  );
});

test("courses that stand beside the record are in the page from its start", async () => {
  await (await open("/dashboard")).text();
  await expect.poll(() => platform.kv.get(recordKey())).toContain("recent");
  const html = await (await open("/dashboard")).text();
  expect(readable(html)).not.toContain("Loading your courses");
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
