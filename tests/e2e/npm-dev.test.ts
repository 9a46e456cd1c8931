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
import { recordPolicyViolations } from "../support/policy-violations.ts";

const browser = await useBrowser();
let stack: LocalStack;
let site: RunningProgram;
beforeAll(async () => {
  stack = await createLocalStack({ withBuild: true });
  site = stack.npmRun("dev");
  await site.until("Press Ctrl-C to stop");
}, 180_000);
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
  const page = await browser.newPage();
  const policyViolations = await recordPolicyViolations(page.context());
  await page.goto(`http://localhost:${stack.port}`);
  // Saved again until it is shown: Remix watches the files only some time after the site is up.
  const saveAndLook = async () => {
    await replaceInHero("then the next.", "then rest.");
    return page.getByRole("heading", { name: "then rest." }).count();
  };
  await expect.poll(saveAndLook, { interval: 5_000, timeout: 120_000 }).toBe(1);
  await replaceInHero("then rest.", "then a break.");
  await page.getByRole("heading", { name: "then a break." }).waitFor();
  expect(policyViolations).toEqual([]);
  await page.close();
}, 180_000);
