import type { Page } from "playwright-core";

export interface Person {
  firstName: string;
  lastName: string;
  email: string;
  password: string;
}

const continueButton = { name: "Continue", exact: true };

/**
 * Fills in Clerk's sign-up form and sends it. By Enter: what Clerk then says of the password moves the button away under a pointer
 * that has just gone down on it.
 */
export async function submitSignUp(page: Page, person: Person): Promise<void> {
  await page.getByLabel("First name").fill(person.firstName);
  await page.getByLabel("Last name").fill(person.lastName);
  await page.getByLabel("Email address").fill(person.email);
  const password = page.getByLabel("Password", { exact: true });
  await password.fill(person.password);
  await password.press("Enter");
}

/** Types the code from an e-mail; Clerk sends the form at its last digit. */
export async function typeCode(page: Page, code: string): Promise<void> {
  await page.locator("input[data-input-otp]").fill(code);
}

/** Signs up and proves the e-mail address, with the code that the local Clerk always takes. */
export async function signUp(page: Page, person: Person): Promise<void> {
  const codeSent = page.waitForResponse(/prepare_verification/);
  await submitSignUp(page, person);
  await codeSent;
  await typeCode(page, "424242");
}

/** Both steps of signing in by password. */
export async function submitSignIn(
  page: Page,
  person: Pick<Person, "email" | "password">,
): Promise<void> {
  await page.getByLabel("Email address").fill(person.email);
  await page.getByRole("button", continueButton).click();
  await page.waitForURL("**/sign-in/factor-one**");
  await submitPassword(page, person.password);
}

/** The second step alone, once more after a wrong password. */
export async function submitPassword(page: Page, password: string): Promise<void> {
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", continueButton).click();
}

/** Signs out through the menu behind the person's picture. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Open user menu" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
}
