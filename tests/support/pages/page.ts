import type { Page } from "playwright-core";

/** A signed-out visitor, or one of the users from `createSeedUsers`. */
export type Role = "visitor" | "newcomer" | "user" | "graduate" | "admin";

/** A page in a certain state, and how to open it. */
export interface SitePage {
  name: string;
  as: Role;
  show(page: Page): Promise<void>;
}

/** Opens a page and waits for the given text and the fonts. */
export function opens(path: string, heading: string) {
  return async (page: Page) => {
    await page.goto(path);
    await page.getByText(heading).locator("visible=true").first().waitFor();
    await page.evaluate(() => document.fonts.ready);
  };
}

/** Opens a page with Clerk's user button, and waits for it, too. */
export function loadsSignedIn(path: string, heading: string) {
  return async (page: Page) => {
    await opens(path, heading)(page);
    await userMenu(page).getByRole("img").waitFor();
  };
}

/** Does the same as a link does if such a page is open; loading a document takes much longer. */
export function opensSignedIn(path: string, heading: string) {
  return async (page: Page) => {
    if (!(await userMenu(page).isVisible())) return loadsSignedIn(path, heading)(page);
    // Changes the page before it returns.
    const options = { flushSync: true };
    await page.evaluate(([to, how]) => Reflect.get(window, "__remixRouter").navigate(to, how), [
      path,
      options,
    ] as const);
    await page.getByText(heading).locator("visible=true").first().waitFor();
  };
}

const userMenu = (page: Page) => page.getByRole("button", { name: "Open user menu" });
