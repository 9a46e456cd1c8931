import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import {
  type Person,
  signOut,
  signUp,
  submitPassword,
  submitSignIn,
  submitSignUp,
  typeCode,
} from "../support/clerk-forms.ts";
import { useBrowser, useSite } from "../support/fixtures.ts";
import { openBrowser } from "../support/open-browser.ts";

const platform = await useSite();
const browser = await useBrowser();

const mary: Person = {
  firstName: "Mary",
  lastName: "Somerville",
  email: "mary@example.com",
  password: "the connexion of the sciences",
};

async function rowOf(email: string) {
  const row = await platform.db.prepare("select * from users where email = ?").bind(email).first();
  if (!row) throw new Error(`No row with ${email}`);
  return row;
}

async function expectDashboardOf(page: Page, row: Record<string, unknown>): Promise<void> {
  await page.getByRole("heading", { name: `Welcome, ${row.name}` }).waitFor();
  const facts = await page.locator("dl").textContent();
  expect(facts).toContain(row.email);
  expect(facts).not.toContain(row.id);
}

test("a user signs up, changes their name, signs out, signs in again and deletes the account", async () => {
  const { page, expectNoProblems, close } = await openBrowser(browser, platform.origin);

  await page.goto("/");
  await page.getByRole("link", { name: "Create an account" }).click();
  const codeSent = page.waitForResponse(/prepare_verification/);
  await submitSignUp(page, mary);
  await codeSent;
  const [mail] = await platform.clerk.listEmails({ to: mary.email });
  await typeCode(page, mail?.code ?? "");
  await page.waitForURL("**/dashboard");
  await platform.clerk.waitForIdle();
  const row = await rowOf(mary.email);
  expect(row).toMatchObject({ name: "Mary Somerville", role: "user", deleted_at: null });
  await expectDashboardOf(page, row);

  // The row's id is in tokens that Clerk signs after our push; ClerkJS asks for one on each page.
  const reloadedDocument = async () => {
    const response = await page.reload();
    await expectDashboardOf(page, row);
    await page.getByRole("button", { name: "Open user menu" }).waitFor();
    return response?.text();
  };
  await expect.poll(reloadedDocument).toContain(`${row.id}`);

  await page.goto("/account");
  await page.getByRole("button", { name: "Update profile" }).click();
  await page.getByLabel("Last name").fill("Fairfax Somerville");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("button", { name: "Update profile" }).waitFor();
  await platform.clerk.waitForIdle();
  const renamed = await rowOf(mary.email);
  expect(renamed).toMatchObject({ id: row.id, name: "Mary Fairfax Somerville" });
  await page.goto("/dashboard");
  await expectDashboardOf(page, renamed);

  await signOut(page);
  await page.getByRole("banner").getByRole("link", { name: "Sign in" }).waitFor();
  await page.goto("/purchases?year=1834");
  await page.waitForURL("**/sign-in?redirect_url=*");
  await submitSignIn(page, { ...mary, password: "not this one" });
  await page.locator("#error-password", { hasText: "Password is incorrect" }).waitFor();
  await submitPassword(page, mary.password);
  await page.waitForURL("**/purchases?year=1834");
  await page.getByRole("heading", { name: "Purchase history" }).waitFor();

  await page.goto("/account/security");
  await page.getByRole("button", { name: "Delete account" }).click();
  await page.getByLabel(/Type .*Delete account/).fill("Delete account");
  await page.getByRole("button", { name: "Delete account" }).last().click();
  await page.getByRole("banner").getByRole("link", { name: "Sign in" }).waitFor();
  await platform.clerk.waitForIdle();
  const tombstone = await platform.db
    .prepare("select * from users where id = ?")
    .bind(row.id)
    .first();
  expect(tombstone).toMatchObject({ name: "Deleted user", email: null, image_url: null });
  expect(tombstone?.deleted_at).toEqual(expect.any(Number));
  await page.goto("/dashboard");
  await page.waitForURL("**/sign-in?redirect_url=*");

  expectNoProblems();
  await close();
});

test("a new user gets a working dashboard even when webhooks are late", async () => {
  await platform.clerk.hold();
  const { page, expectNoProblems, close } = await openBrowser(browser, platform.origin);
  const syncs: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/api/clerk/syncUsers")) syncs.push(request.url());
  });
  const person = {
    ...mary,
    firstName: "Caroline",
    lastName: "Herschel",
    email: "caroline@example.com",
  };

  await page.goto("/sign-up");
  await signUp(page, person);
  await page.waitForURL("**/dashboard");
  const row = await rowOf(person.email);
  await expectDashboardOf(page, row);
  expect(syncs).toHaveLength(1);

  await platform.clerk.release();
  await platform.clerk.waitForIdle();
  const after = await rowOf(person.email);
  expect(after).toMatchObject({
    id: row.id,
    name: row.name,
    role: row.role,
    created_at: row.created_at,
  });
  await page.reload();
  await expectDashboardOf(page, after);
  expect(syncs).toHaveLength(1);

  expectNoProblems();
  await close();
});

test("signing out in one tab clears the private page in the other", async () => {
  const { page, expectNoProblems, close } = await openBrowser(browser, platform.origin);
  const person = { ...mary, email: "two-tabs@example.com" };
  await page.goto("/sign-up");
  await signUp(page, person);
  await page.waitForURL("**/dashboard");

  const other = await page.context().newPage();
  await other.goto("/courses");
  await other.getByRole("button", { name: "Open user menu" }).waitFor();
  await signOut(page);
  await other.waitForURL("**/sign-in?redirect_url=*");

  expectNoProblems();
  await close();
});

test("admins see the admin link; other users do not and get 403", async () => {
  const admin = { ...mary, firstName: "Ada", email: "ada@example.com" };
  await platform.clerk.createUser({
    emailAddresses: [admin.email],
    password: admin.password,
    firstName: admin.firstName,
    publicMetadata: { role: "admin" },
  });
  await platform.clerk.waitForIdle();
  const first = await openBrowser(browser, platform.origin);
  await first.page.goto("/sign-in");
  await submitSignIn(first.page, admin);
  await first.page.waitForURL("**/dashboard");
  await first.page.getByRole("link", { name: "Admin" }).click();
  await first.page.getByRole("heading", { name: "Admin" }).waitFor();
  first.expectNoProblems();
  await first.close();

  const second = await openBrowser(browser, platform.origin);
  await second.page.goto("/sign-up");
  await signUp(second.page, { ...mary, email: "curious@example.com" });
  await second.page.waitForURL("**/dashboard");
  expect(await second.page.getByRole("link", { name: "Admin" }).count()).toBe(0);
  const refused = await second.page.goto("/admin");
  expect(refused?.status()).toBe(403);
  await second.page.getByRole("heading", { name: "You don’t have access to this page" }).waitFor();
  await second.close();
});
