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

/** Also waits for Clerk's user button in the header. */
export function opensSignedIn(path: string, heading: string) {
  return async (page: Page) => {
    await opens(path, heading)(page);
    await page.getByRole("button", { name: "Open user menu" }).getByRole("img").waitFor();
  };
}
