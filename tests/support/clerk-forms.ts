import type { Page } from "playwright-core";

export interface Person {
  firstName: string;
  lastName: string;
  email: string;
  password: string;
}

const continueButton = { name: "Continue", exact: true };

/**
 * Submits Clerk's sign-up form with Enter: Clerk's password feedback can move the button during a
 * click.
 */
export async function submitSignUp(page: Page, person: Person): Promise<void> {
  await page.getByLabel("First name").fill(person.firstName);
  await page.getByLabel("Last name").fill(person.lastName);
  await page.getByLabel("Email address").fill(person.email);
  const password = page.getByLabel("Password", { exact: true });
  await password.fill(person.password);
  await password.press("Enter");
}

/** Types the code from an email; Clerk submits the form after the last digit. */
export async function typeCode(page: Page, code: string): Promise<void> {
  await page.locator("input[data-input-otp]").fill(code);
}

/** Signs up and verifies the email address with the code that the local Clerk always accepts. */
export async function signUp(page: Page, person: Person): Promise<void> {
  const codeSent = page.waitForResponse(/prepare_verification/);
  await submitSignUp(page, person);
  await codeSent;
  await typeCode(page, "424242");
}

/** Completes both steps of a password sign-in. */
export async function submitSignIn(
  page: Page,
  person: Pick<Person, "email" | "password">,
): Promise<void> {
  await page.getByLabel("Email address").fill(person.email);
  await page.getByRole("button", continueButton).click();
  await page.waitForURL("**/sign-in/factor-one**");
  await submitPassword(page, person.password);
}

/** Submits the password step only. */
export async function submitPassword(page: Page, password: string): Promise<void> {
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", continueButton).click();
}

/** Signs out through the user menu. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Open user menu" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
}
