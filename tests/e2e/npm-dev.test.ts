import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { useBrowser } from "../support/fixtures.ts";
import {
  createLocalStack,
  ended,
  type LocalStack,
  type RunningProgram,
} from "../support/local-stack.ts";
import { openPage } from "../support/open-page.ts";
import { recordPolicyViolations } from "../support/policy-violations.ts";

const browser = await useBrowser();
let stack: LocalStack;
let site: RunningProgram;
beforeAll(async () => {
  stack = await createLocalStack({ withBuild: true });
  site = stack.npmRun("dev");
  await site.until("Press Ctrl-C to stop");
});
afterAll(async () => {
  site.child.kill("SIGINT");
  await ended(site.child);
  await stack.remove();
});

const hero = "app/features/courses/components/catalog-hero.tsx";

async function replaceInHero(from: string, to: string): Promise<void> {
  const path = join(stack.checkout, hero);
  await writeFile(path, (await readFile(path, "utf8")).replace(from, to));
}

test("npm run dev shows each saved change in the open page", async () => {
  const { page, close } = await openPage(browser, `http://localhost:${stack.port}`, {
    isFresh: true,
  });
  const policyViolations = recordPolicyViolations(page.context());
  await page.goto("/");
  // Saved again until it is noticed: Remix watches the files only some time after the site is up.
  // Not after that, because a change cancels the build in progress.
  const save = async () => {
    await replaceInHero("then the next.", "then rest.");
    return site.output();
  };
  await expect.poll(save, { interval: 5_000 }).toContain(`File changed: ${hero}`);
  await page.getByRole("heading", { name: "then rest." }).waitFor();
  await replaceInHero("then rest.", "then a break.");
  await page.getByRole("heading", { name: "then a break." }).waitFor();
  expect(policyViolations).toEqual([]);
  await close();
});
