import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { insertManyUsers } from "../support/admin-console.ts";
import { useBrowser, useSite } from "../support/fixtures.ts";
import { createSeedUsers, loginAs } from "../support/pages.ts";

const platform = await useSite();
const browser = await useBrowser();
beforeAll(async () => {
  await createSeedUsers(platform);
  await insertManyUsers(platform, 10_000);
});

const waitForForbidden = (page: Page) =>
  page.getByRole("heading", { name: "You don’t have access to this page" }).waitFor();

test("an admin finds one of 10,000 users and promotes them; access starts and ends immediately", async () => {
  const ada = await loginAs("admin", browser, platform);
  const grace = await loginAs("user", browser, platform);
  await grace.page.goto("/admin");
  await waitForForbidden(grace.page);

  await ada.page.goto("/admin");
  await ada.page.getByRole("navigation", { name: "Admin" }).getByText("Users").click();
  await ada.page.getByRole("searchbox").fill("gRAce h");
  await ada.page.getByRole("button", { name: "Search" }).click();
  await ada.page.waitForURL(/q=gRAce/);
  await ada.page.getByRole("link", { name: "Grace Hopper" }).click();
  await ada.page.getByRole("link", { name: "Make admin…" }).click();
  const dialog = ada.page.getByRole("dialog", { name: "Make Grace Hopper an admin?" });
  await dialog.getByLabel("Reason").fill("Runs the courses");
  await dialog.getByRole("button", { name: "Make admin" }).click();
  await ada.page.getByText("The role is now admin").waitFor();
  await ada.page.getByText("user to admin: Runs the courses").waitFor();
  expect(await dialog.count()).toBe(0);

  await grace.page.reload();
  await grace.page.getByRole("heading", { name: "Admin overview" }).waitFor();
  await grace.page.getByRole("navigation", { name: "Admin" }).getByText("Audit").click();
  await grace.page.getByText("Runs the courses").first().waitFor();

  await ada.page.getByRole("link", { name: "Remove admin…" }).click();
  const second = ada.page.getByRole("dialog", { name: "Remove Grace Hopper as an admin?" });
  await second.getByLabel("Reason").fill("Moved on");
  await second.getByRole("button", { name: "Remove admin" }).click();
  await ada.page.getByText("The role is now user").waitFor();

  await grace.page.getByRole("navigation", { name: "Admin" }).getByText("Users").click();
  await waitForForbidden(grace.page);
  await ada.close();
  await grace.close();
});

test("the dialog works with the keyboard alone and restores focus", async () => {
  const { page, close } = await loginAs("admin", browser, platform);
  const grace = "select id from users where email = 'grace@example.com'";
  await page.goto(`/admin/users/${await platform.db.prepare(grace).first("id")}`);
  const trigger = page.getByRole("link", { name: "Make admin…" });
  const dialog = page.getByRole("dialog");
  const hasFocus = () => trigger.evaluate((element) => element === document.activeElement);
  const focused = () => page.locator(":focus");

  const waitForDialog = async () => {
    await page.locator("dialog:modal").waitFor();
    await expect.poll(() => focused().getAttribute("name")).toBe("reason");
  };

  await tabTo(page, "Make admin…");
  await page.keyboard.press("Enter");
  await waitForDialog();
  await page.keyboard.press("Escape");
  await page.waitForURL((url) => url.search === "");
  expect(await dialog.count()).toBe(0);
  await expect.poll(hasFocus).toBe(true);

  await page.keyboard.press("Enter");
  await waitForDialog();
  await page.keyboard.type("By keyboard");
  await page.keyboard.press("Tab");
  expect(await focused().textContent()).toBe("Cancel");
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.search === "");
  await expect.poll(hasFocus).toBe(true);

  await page.keyboard.press("Enter");
  await waitForDialog();
  await page.keyboard.type("By keyboard");
  for (const name of ["Cancel", "Make admin"]) {
    await page.keyboard.press("Tab");
    expect(await focused().textContent()).toBe(name);
  }
  await page.keyboard.press("Enter");
  await page.getByText("The role is now admin").waitFor();
  await expect.poll(() => focused().textContent()).toContain("The role is now admin");
  await close();
});

async function tabTo(page: Page, text: string): Promise<void> {
  for (let presses = 0; presses < 30; presses++) {
    await page.keyboard.press("Tab");
    if ((await page.locator(":focus").textContent()) === text) return;
  }
  throw new Error(`Tab never reached "${text}"`);
}

test("without JavaScript, the console searches, pages and changes a role", async () => {
  const { page, close } = await loginAs("admin", browser, platform, { javaScriptEnabled: false });
  await page.goto("/admin/users?sort=name");
  await page.getByRole("link", { name: "Next" }).click();
  await page.waitForURL(/after=/);
  await page.getByRole("link", { name: "Previous" }).click();
  await page.waitForURL(/before=/);
  await page.getByRole("searchbox").fill("person-0000042@");
  await page.getByRole("button", { name: "Search" }).click();
  await page.locator("tbody a").first().click();
  await page.getByRole("link", { name: "Make admin…" }).click();
  await page.getByLabel("Reason").fill("   ");
  await page.getByRole("button", { name: "Make admin" }).click();
  await page.getByText("Enter a reason").waitFor();
  await page.getByLabel("Reason").fill("No scripts needed");
  await page.getByRole("button", { name: "Make admin" }).click();
  await page.getByText("user to admin: No scripts needed").waitFor();
  await close();
});

test("shows another admin's conflicting change; closing the dialog shows the current page", async () => {
  const { page, close } = await loginAs("admin", browser, platform);
  await page.goto("/admin/users/person-0000050?change=role");
  await page.getByLabel("Reason").fill("I was slower");
  await platform.db.batch([
    platform.db.prepare("update users set role = 'admin' where id = 'person-0000050'"),
    platform.db.prepare(
      "insert into role_changes select 'quick', null, id, 'user', 'admin', 'Was quicker', 1 from users where id = 'person-0000050'",
    ),
  ]);
  await page.getByRole("dialog").getByRole("button", { name: "Make admin" }).click();
  const dialog = page.getByRole("dialog", { name: "The role was not changed" });
  await dialog.getByText("Was quicker").waitFor();
  await dialog.getByRole("link", { name: "Close" }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByRole("link", { name: "Remove admin…" }).waitFor();
  await close();
});

test("a run started on the sync page reports without a reload", async () => {
  await platform.db.exec(
    "delete from users where id like 'person-%' and id not in (select user_id from role_changes)",
  );
  const { page, close } = await loginAs("admin", browser, platform);
  await page.goto("/admin/sync");
  await page.getByRole("button", { name: "Dry run" }).click();
  const report = page.getByRole("article").first();
  await report.getByText(/^(done|failed)$/).waitFor();
  expect(await report.textContent()).toContain("rows whose user Clerk no longer has");
  await close();
});
