import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type ConsoleUser, consoleUser } from "../support/admin-console.ts";
import { insertCourse } from "../support/courses.ts";
import { useSite } from "../support/fixtures.ts";
import { insertPurchase } from "../support/purchases.ts";
import { cookieHeader } from "../support/signed-in-user.ts";

const platform = await useSite({}, { withFaults: true });
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

/** `step` is the I/O step that reads the list; the uncached dashboard first looks up the user. */
const pages = [
  { path: "/dashboard", step: 3, listed: "Reading maps" },
  { path: "/courses", step: 1, listed: "Reading maps" },
  { path: "/purchases", step: 1, listed: "€29.00" },
] as const;

const recordKey = () => `user:v3:${grace.clerkUserId}`;

/** Fills the caches with the user. */
async function warmUp(): Promise<void> {
  await open("/account");
  await expect.poll(() => platform.kv.get(recordKey())).not.toBeNull();
  await open("/account");
}

const open = (path: string, headers: Record<string, string> = {}) =>
  grace.visit(path, {
    headers: { ...cookieHeader(grace.cookies), Accept: "text/html", ...headers },
    signal: AbortSignal.timeout(30_000),
  });

describe.each(pages)("$path", ({ path, step, listed }) => {
  beforeEach(() => (path === "/dashboard" ? platform.kv.delete(recordKey()) : warmUp()));

  test("is a complete document that needs no script", async () => {
    const response = await open(path);
    expect(response.status).toBe(200);
    const html = await response.text();
    expect(html.indexOf(listed)).toBeGreaterThan(0);
    expect(html.indexOf(listed)).toBeLessThan(html.indexOf("</main>"));
    expect(html.slice(0, html.indexOf("</main>"))).not.toContain("<template");
  });

  test("returns complete data without promises", async () => {
    const data = await (await open(`${path}.data`, { Accept: "*/*" })).text();
    expect(data).toContain("Reading maps");
    expect(data).not.toContain('["P",');
  });

  test.each(["fails", "hangs"] as const)(
    "is a 503 with one log line if its query %s",
    async (mode) => {
      await platform.armFault({ step, mode });
      const before = platform.logLines.length;
      const response = await open(path);
      expect(response.status).toBe(503);
      expect(await response.text()).toContain("This service is temporarily unavailable");
      await expect
        .poll(() => platform.logLines.slice(before).map((line) => JSON.parse(line)))
        .toEqual([expect.objectContaining({ event: "request.failed", status: 503 })]);
    },
  );
});

test("only documents with Clerk's UI preload ClerkJS in a header", async () => {
  const preloadsClerk = async (response: Promise<Response>) =>
    (await response).headers.get("link")?.includes("clerk.browser.js");
  expect(await preloadsClerk(fetch(`${platform.origin}/`))).toBe(false);
  expect(await preloadsClerk(fetch(`${platform.origin}/sign-in`))).toBe(true);
  expect(await preloadsClerk(open("/"))).toBe(true);
});

test("the headers of a document preload its first files", async () => {
  const response = await open("/dashboard");
  const html = await response.text();
  const links = response.headers.get("link")?.split(", ") ?? [];
  const kinds = links.map((link) => link.replace(/^<[^>]*>; /, "").replaceAll('"', ""));
  expect(kinds).toEqual([
    "rel=preload; as=font; type=font/woff2; crossorigin=anonymous",
    "rel=preload; as=font; type=font/woff2; crossorigin=anonymous",
    "rel=preload; as=style",
    "rel=modulepreload; fetchpriority=low",
    "rel=preload; as=script; crossorigin=anonymous",
    ...Array.from(links.slice(5), () => "rel=modulepreload; fetchpriority=low"),
  ]);
  const addresses = links.map((link) => link.slice(1, link.indexOf(">")));
  for (const address of addresses.slice(0, 4)) expect(html).toContain(`href="${address}"`);
  for (const address of addresses)
    expect((await fetch(platform.origin + address)).status, address).toBe(200);
  expect(addresses[5]).toContain("/clerk-site-layout-");
  for (const address of addresses.slice(5)) expect(html).not.toContain(`href="${address}"`);
});
