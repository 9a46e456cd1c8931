import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { launchBrowser } from "../../tests/support/browser.ts";
import { type ProgramName, programOf } from "./programs.ts";
import { controlOf, type Site, type Surroundings } from "./sites.ts";

/** How large a worker's module is. */
export async function workerBytes(program: ProgramName): Promise<{ raw: number; gzip: number }> {
  const module = await readFile(programOf(program).main);
  return { raw: module.length, gzip: gzipSync(module).length };
}

/** The scripts that a browser loads for a page, gzipped: the application's own and Clerk's. */
export interface ScriptBytes {
  path: string;
  own: number;
  clerk: number;
}

/** Measured in a fresh browser each: signed out on the first pages, signed in on the last. */
export async function scriptBytes(site: Site, surroundings: Surroundings): Promise<ScriptBytes[]> {
  const browser = await launchBrowser();
  try {
    const measure = async (path: string, cookies: Record<string, string> = {}) => {
      const context = await browser.newContext({ baseURL: site.origin });
      const url = site.origin;
      await context.addCookies(
        Object.entries(cookies).map(([name, value]) => ({ name, value, url })),
      );
      const page = await context.newPage();
      const bodies: Promise<{ isClerk: boolean; bytes: number }>[] = [];
      page.on("response", (response) => {
        if (response.request().resourceType() !== "script" || response.status() !== 200) return;
        const isClerk = new URL(response.url()).pathname.startsWith("/__clerk/");
        bodies.push(response.body().then((body) => ({ isClerk, bytes: gzipSync(body).length })));
      });
      await page.goto(path, { waitUntil: "networkidle" });
      const loaded = await Promise.all(bodies);
      await context.close();
      const sum = (ofClerk: boolean) =>
        loaded
          .filter(({ isClerk }) => isClerk === ofClerk)
          .reduce((total, { bytes }) => total + bytes, 0);
      return { path, own: sum(false), clerk: sum(true) };
    };
    const session = await controlOf(surroundings).createSession({
      userId: surroundings.people.admin.clerkUserId,
      appOrigin: site.origin,
    });
    return [
      await measure("/"),
      await measure("/sign-in"),
      await measure("/dashboard", session.cookies),
    ];
  } finally {
    await browser.close();
  }
}
