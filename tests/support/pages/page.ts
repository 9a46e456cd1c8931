import type { Page } from "playwright-core";

/** Who looks: nobody in particular, or one of the people that `createSeedUsers` brings in. */
export type Role = "visitor" | "newcomer" | "user" | "admin";

/** One thing that people see: how to get there, and the sign that it has arrived. */
export interface SitePage {
  name: string;
  as: Role;
  show(page: Page): Promise<void>;
}

/** Goes to a page and waits for its heading and for the fonts. */
export function opens(path: string, heading: string) {
  return async (page: Page) => {
    await page.goto(path);
    await page.getByText(heading).locator("visible=true").first().waitFor();
    await page.evaluate(() => document.fonts.ready);
  };
}

/** The same for a page with the person's picture in its header, which Clerk draws. */
export function opensSignedIn(path: string, heading: string) {
  return async (page: Page) => {
    await opens(path, heading)(page);
    await page.getByRole("button", { name: "Open user menu" }).getByRole("img").waitFor();
  };
}
