import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import * as z from "zod";
import { submitSignIn } from "../support/clerk-forms.ts";
import { useBrowser, useSite } from "../support/fixtures.ts";
import { password, seedUsers } from "../support/pages/seed-users.ts";
import { createSeedUsers, loginAs } from "../support/pages.ts";

const platform = await useSite();
const browser = await useBrowser();
await createSeedUsers(platform);

const claimsSchema = z.object({ sid: z.string() });

async function sessionOf(page: Page) {
  const cookies = await page.context().cookies();
  const token = cookies.find(({ name }) => name === "__session")?.value ?? "";
  const payload = Buffer.from(token.split(".")[1] ?? "", "base64url").toString();
  return claimsSchema.parse(JSON.parse(payload));
}

test("a session that is revoked elsewhere leads to sign-in, and from there back to the page", async () => {
  const { page, close } = await loginAs("user", browser, platform);
  await page.goto("/dashboard");
  await page.getByRole("heading", { name: "Welcome, Grace Hopper" }).waitFor();
  const { sid } = await sessionOf(page);
  // Clerk's script in the open page could lead to sign-in first.
  await page.goto("about:blank");
  await platform.clerk.revokeSession(sid);
  await platform.clerk.waitForIdle();
  await page.goto("/purchases");
  await page.waitForURL("**/sign-in?redirect_url=*");
  await submitSignIn(page, { ...seedUsers.user, password });
  await page.waitForURL("**/purchases");
  await page.getByRole("heading", { name: "Purchase history" }).waitFor();
  await close();
});

test("a banned user sees an error page, and the console shows the ban", async () => {
  const console = await loginAs("admin", browser, platform);
  const [grace] = await platform.clerk.listUsers({ emailAddress: seedUsers.user.email });
  // With JavaScript, Clerk may sign the user out before the next page.
  const withoutScripts = { javaScriptEnabled: false };
  const { page, close } = await loginAs("user", browser, platform, withoutScripts);
  await platform.clerk.updateUser(grace?.id ?? "", { banned: true });
  await platform.clerk.waitForIdle();
  const response = await page.goto("/purchases");
  expect(response?.status()).toBe(403);
  await page.getByRole("heading", { name: "This account is banned" }).waitFor();
  await console.page.goto("/admin/users?q=Grace&state=banned");
  const row = console.page.getByRole("row", { name: /Grace Hopper/ });
  await row.getByText("banned", { exact: true }).waitFor();
  await close();
  await console.close();
});
