import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findAccessibilityProblems } from "../support/accessibility.ts";
import { blockUrls } from "../support/block-urls.ts";
import { readBuiltRoutes } from "../support/built-routes.ts";
import { endSession, startSession } from "../support/expired-session.ts";
import { useBrowser, useSite } from "../support/fixtures.ts";
import { findBrokenWords, findSmallTargets } from "../support/page-layout.ts";
import { seedUsers } from "../support/pages/seed-users.ts";
import {
  createSeedUsers,
  legalPages,
  loginAs,
  type SitePage,
  sitePages,
} from "../support/pages.ts";
import { recordPolicyViolations } from "../support/policy-violations.ts";
import { checkTabStops } from "../support/tab-stops.ts";
import {
  collectTypedForms,
  type TypedForm,
  typedForms,
  typedValues,
  typeIntoForm,
} from "../support/typed-forms.ts";

const platform = await useSite(legalPages);
const browser = await useBrowser();
beforeAll(() => createSeedUsers(platform));

const variants = [
  { colorScheme: "light", viewport: { width: 1280, height: 800 } },
  { colorScheme: "dark", viewport: { width: 390, height: 844 } },
] as const;
const [wide] = variants;
/** 1280 pixels at 200 and 400 % zoom. */
const zoomedWidths = [640, 320];

/** Clerk's user menu uses arrow keys; Tab leaves it. */
const isTabbed = ({ name }: SitePage) => name !== "user-menu";

const contentWidth = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth);

/** For the pages of all roles: Clerk's scripts take longer in a new tab. */
async function openTabs() {
  const options = { ...wide, reducedMotion: "reduce", isFresh: true } as const;
  const { page, close } = await loginAs("visitor", browser, platform, options);
  // No page may offer what was typed on an earlier one.
  await page.addInitScript(() => sessionStorage.clear());
  const context = page.context();
  const policyViolations = recordPolicyViolations(context);
  // For the documents of pages that the other tab opens as links do.
  const documents = await context.newPage();
  await blockUrls(documents, ["*.js"]);
  return { page, documents, close, policyViolations };
}

async function signInAs(role: SitePage["as"], page: Page): Promise<void> {
  // Where ClerkJS cannot set cookies again.
  await page.goto("/robots.txt");
  await page.context().clearCookies();
  if (role !== "visitor") await startSession(page, platform, seedUsers[role].email);
}

/** Of the signed-in users' pages. */
const forms = new Map<string, TypedForm>();
const visitedPaths = new Set<string>();

const roles = new Set(sitePages.map(({ as }) => as));

const { page, documents, close, policyViolations } = await openTabs();
afterAll(close);

describe.for([...roles])("as %s", (role) => {
  beforeAll(() => signInAs(role, page));

  test.for(sitePages.filter(({ as }) => as === role))(
    "$name is accessible, fits its window, breaks no word and violates no policy",
    async (sitePage) => {
      await page.emulateMedia({ colorScheme: wide.colorScheme });
      await sitePage.show(page);
      if (role !== "visitor") {
        await collectTypedForms(page, sitePage, forms);
        visitedPaths.add(new URL(page.url()).pathname);
        await documents.goto(page.url());
      }
      for (const { colorScheme, viewport } of variants) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize(viewport);
        // Clerk's components change their colors gradually after a change of the scheme.
        await expect
          .poll(() => findAccessibilityProblems(page), { message: colorScheme })
          .toEqual([]);
        // They also measure themselves after the window has changed.
        await expect.poll(() => contentWidth(page), { message: colorScheme }).toBe(viewport.width);
        const layout = [await findBrokenWords(page), await findSmallTargets(page)];
        expect(layout, colorScheme).toEqual([[], []]);
      }
      for (const width of zoomedWidths) {
        await page.setViewportSize({ width, height: 400 });
        await expect.poll(() => contentWidth(page), { message: `${width}` }).toBe(width);
      }
      expect(await page.title()).toMatch(
        sitePage.name.startsWith("home") ? /^/ : /\S · Courses Platform$/,
      );
      await page.setViewportSize(wide.viewport);
      if (isTabbed(sitePage))
        expect(await checkTabStops(page)).toEqual({ missed: [], unmarked: [] });
      expect(policyViolations).toEqual([]);
    },
  );
});

test("the pages above include every page that accepts a form", async () => {
  const pages = (await readBuiltRoutes()).filter(
    ({ kind, methods }) => kind === "page" && methods.includes("POST"),
  );
  const missed = pages.filter(({ path }) => {
    const pattern = new RegExp(`^${path.replaceAll(/:\w+/g, "[^/]+")}$`);
    return ![...visitedPaths].some((pathname) => pattern.test(pathname));
  });
  expect(missed.map(({ path }) => path)).toEqual([]);
});

test("every form that takes text offers it again after the session has ended", async () => {
  expect(forms.size).toBeGreaterThanOrEqual(7);
  const { page, close } = await loginAs("visitor", browser, platform);
  for (const { sitePage, index } of forms.values()) {
    await signInAs(sitePage.as, page);
    await page.evaluate(() => sessionStorage.clear());
    await sitePage.show(page);
    const form = typedForms(page).nth(index);
    const typed = await typeIntoForm(form);
    await endSession(page, platform);
    await form.evaluate((element: HTMLFormElement) => element.requestSubmit());
    await page.waitForURL("**/sign-in?**", { waitUntil: "commit" });
    const back = new URL(page.url()).searchParams.get("redirect_url") ?? "";
    await signInAs(sitePage.as, page);
    await page.goto(back);
    await page.getByRole("button", { name: "Restore my text" }).click();
    expect(await typedValues(typedForms(page).nth(index)), sitePage.name).toEqual(typed);
  }
  await close();
});
