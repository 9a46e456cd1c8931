import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { expireSessionToken } from "../support/expired-session.ts";
import { useBrowser, useSite } from "../support/fixtures.ts";
import { createSeedUsers, loginAs } from "../support/pages.ts";

const platform = await useSite();
const browser = await useBrowser();
beforeAll(() => createSeedUsers(platform));

const lesson = "/courses/maps/lessons/lesson-3";
const userMenu = (page: Page) => page.getByRole("button", { name: "Open user menu" });

/** A signed-in user whose token has expired, on a page of another site with a link to `path`. */
async function returnAfterAnHour(path: string) {
  const { page, close } = await loginAs("user", browser, platform);
  await page.goto("/courses");
  // ClerkJS has then set its own cookies, too.
  await userMenu(page).waitFor();
  const link = `<a href="${platform.origin}${path}">Continue</a>`;
  await page.route("http://elsewhere.example/", (route) =>
    route.fulfill({ contentType: "text/html", body: link }),
  );
  await page.goto("http://elsewhere.example/");
  await expireSessionToken(page, platform);
  const handshakes: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/v1/client/handshake")) handshakes.push(request.url());
  });
  return { page, handshakes, close };
}

async function expectSignedIn(page: Page, path: string): Promise<void> {
  await userMenu(page).waitFor();
  expect(new URL(page.url()).pathname).toBe(path);
  expect(await page.getByRole("link", { name: "Sign in" }).count()).toBe(0);
}

test.each(["/", "/dashboard", lesson])(
  "a user with an expired token is signed in on %s after one handshake",
  async (path) => {
    const { page, handshakes, close } = await returnAfterAnHour(path);
    await page.goto(path);
    await expectSignedIn(page, path);
    expect(handshakes).toHaveLength(1);
    await close();
  },
);

test.each(["/", "/dashboard", lesson])(
  "a link from another site to %s costs one handshake, too",
  async (path) => {
    const { page, handshakes, close } = await returnAfterAnHour(path);
    await page.getByRole("link", { name: "Continue" }).click();
    await expectSignedIn(page, path);
    expect(handshakes).toHaveLength(1);
    await close();
  },
);
