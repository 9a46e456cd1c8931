import { execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import * as z from "zod";
import { launchBrowser } from "../tests/support/browser.ts";
import { firstVisitPage } from "./first-visit/markdown.ts";
import { measurePages } from "./first-visit/pages.ts";
import { startDemoSite } from "./first-visit/site.ts";
import { versions } from "./machine.ts";

/** `npm run bench:visit`: what a new browser loads, and how fast, on slow 3G. */
const { values } = parseArgs({ options: { rounds: { type: "string", default: "5" } } });
const rounds = z.coerce.number().int().positive().parse(values.rounds);

const [loadBefore = 0] = loadavg();
const site = await startDemoSite();
const browser = await launchBrowser();
try {
  const text = firstVisitPage({
    command: `npm run bench:visit -- --rounds ${rounds}`,
    versions: await versions(["workerd", "playwright-core", "@clerk/clerk-js"]),
    browserVersion: browser.version(),
    loadBefore,
    rounds,
    visits: await measurePages(browser, site, rounds),
  });
  const path = "bench/FIRST-VISIT.md";
  await writeFile(path, text);
  execFileSync("node_modules/.bin/biome", ["format", "--write", path]);
  console.log(`\n${text}\nWritten to ${path}.`);
} finally {
  await browser.close();
  await site.close();
}
