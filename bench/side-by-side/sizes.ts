import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { launchBrowser } from "../../tests/support/browser.ts";
import { type ProgramName, programOf } from "./programs.ts";
import { type BenchContext, controlOf, type Site } from "./sites.ts";

export async function workerBytes(program: ProgramName): Promise<{ raw: number; gzip: number }> {
  const module = await readFile(programOf(program).main);
  return { raw: module.length, gzip: gzipSync(module).length };
}

/** Gzipped sizes of the scripts that a browser loads for a page. */
export interface ScriptBytes {
  path: string;
  own: number;
  clerk: number;
}

/** Uses a new browser for each page: signed out for the first two, signed in for the last. */
export async function scriptBytes(site: Site, benchContext: BenchContext): Promise<ScriptBytes[]> {
  const { cookies } = await controlOf(benchContext).createSession({
    userId: benchContext.people.admin.clerkUserId,
    appOrigin: site.origin,
  });
  return [
    await scriptsOf(site, "/"),
    await scriptsOf(site, "/sign-in"),
    await scriptsOf(site, "/dashboard", cookies),
  ];
}

async function scriptsOf(
  { origin }: Site,
  path: string,
  cookies: Record<string, string> = {},
): Promise<ScriptBytes> {
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext({ baseURL: origin });
    await context.addCookies(
      Object.entries(cookies).map(([name, value]) => ({ name, value, url: origin })),
    );
    const page = await context.newPage();
    const bodies: Promise<[url: string, body: Buffer]>[] = [];
    page.on("response", (response) => {
      if (response.request().resourceType() !== "script" || response.status() !== 200) return;
      bodies.push(response.body().then((body) => [response.url(), body]));
    });
    await page.goto(path, { waitUntil: "networkidle" });
    const bytes = { own: 0, clerk: 0 };
    for (const [url, body] of await Promise.all(bodies)) {
      const isClerk = new URL(url).pathname.startsWith("/__clerk/");
      bytes[isClerk ? "clerk" : "own"] += gzipSync(body).length;
    }
    return { path, ...bytes };
  } finally {
    await browser.close();
  }
}
