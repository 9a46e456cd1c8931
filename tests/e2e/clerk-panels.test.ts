import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { useBrowser, useSite } from "../support/fixtures.ts";
import { isHydrated } from "../support/hydration.ts";
import { createSeedUsers, loginAs } from "../support/pages.ts";

const platform = await useSite();
const browser = await useBrowser();
beforeAll(() => createSeedUsers(platform));

const clerkScript = "**/__clerk/npm/**";
const panels = [
  {
    path: "/sign-in",
    as: "visitor",
    field: "Email address",
    loading: "Loading the sign-in form…",
  },
  { path: "/sign-up", as: "visitor", field: "First name", loading: "Loading the sign-up form…" },
  { path: "/account", as: "user", field: "Profile details", loading: "Loading your account…" },
] as const;

const content = (page: Page, field: string) =>
  page
    .getByLabel(field)
    .or(page.getByText(field, { exact: true }))
    .first();

const anyScript = /\.js$/;

/** In the page: collects the addresses of all scripts that start. */
function recordScripts() {
  const started = new Set<string>();
  Object.assign(window, { started });
  const add = (node: Node) => void (node instanceof HTMLScriptElement && started.add(node.src));
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) add(node);
  }).observe(document, { childList: true, subtree: true });
}

const unusedPreloads = (page: Page) =>
  page.evaluate(() => {
    const links = document.querySelectorAll<HTMLLinkElement>("link[rel=preload][as=script]");
    const started: Set<string> = Reflect.get(window, "started");
    return [...links].map(({ href }) => href).filter((href) => !started.has(href));
  });

test.each(panels)("$path says that it is loading before any script arrives", async (panel) => {
  const { page, close } = await loginAs(panel.as, browser, platform, { isFresh: true });
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  await page.route(anyScript, async (route) => {
    await released;
    await route.continue();
  });
  await page.addInitScript(recordScripts);
  await page.goto(panel.path, { waitUntil: "commit" });
  const message = page.getByRole("status").getByText(panel.loading);
  await message.waitFor();
  // The links are at the end of the document, which arrives in parts.
  await expect.poll(() => unusedPreloads(page)).not.toEqual([]);
  release();
  await content(page, panel.field).waitFor();
  expect(await message.count()).toBe(0);
  // Chromium's warning of this depends on the speed of the machine.
  await expect.poll(() => unusedPreloads(page)).toEqual([]);
  await close();
});

test("the dashboard uses every script that it preloads", async () => {
  const { page, close } = await loginAs("user", browser, platform, { isFresh: true });
  await page.addInitScript(recordScripts);
  await page.goto("/dashboard");
  await page.getByRole("button", { name: "Open user menu" }).waitFor();
  await expect.poll(() => unusedPreloads(page)).toEqual([]);
  await close();
});

const lastForm = "footer form";

/**
 * As on a slow device: React works in short slices, and runs effects only when ClerkJS is ready.
 */
function delayEffectsUntilClerkIsReady(hasRendered: () => boolean) {
  const isReady = () => Reflect.get(Reflect.get(window, "Clerk") ?? {}, "loaded") === true;
  const now = performance.now.bind(performance);
  let lateMs = 0;
  performance.now = () => {
    if (!isReady()) lateMs += 6;
    return now() + lateMs;
  };
  const { postMessage } = MessagePort.prototype;
  MessagePort.prototype.postMessage = function (message: unknown) {
    const send = () => {
      if (hasRendered() && !isReady()) setTimeout(send, 10);
      else postMessage.call(this, message);
    };
    send();
  };
}

test("the sign-in form appears if ClerkJS gets ready between rendering and effects", async () => {
  const { page, close } = await loginAs("visitor", browser, platform, { isFresh: true });
  const hasRendered = `() => (${isHydrated})(${JSON.stringify(lastForm)})`;
  await page.addInitScript(`(${delayEffectsUntilClerkIsReady})(${hasRendered})`);
  await page.route("**/__clerk/v1/client?*", async (route) => {
    await page.waitForFunction(isHydrated, lastForm);
    await route.continue();
  });
  await page.goto("/sign-in");
  await content(page, "Email address").waitFor();
  await close();
});

test("sign-in offers another try while ClerkJS is slow, and says so when it has failed", async () => {
  const { page, close } = await loginAs("visitor", browser, platform, { isFresh: true });
  await page.route(clerkScript, (route) => route.abort());
  await page.goto("/sign-in");
  await page.getByText("This form is taking longer than usual").waitFor();
  const retry = page.getByRole("button", { name: "Try again" });
  await retry.waitFor();
  await page.getByText("This form could not be loaded.").waitFor();
  await page.unroute(clerkScript);
  await retry.click();
  await content(page, "Email address").waitFor();
  expect(await retry.count()).toBe(0);
  await close();
});

test.each(panels)("$path says that it needs JavaScript", async (panel) => {
  const { page, close } = await loginAs(panel.as, browser, platform, { javaScriptEnabled: false });
  await page.goto(panel.path);
  await page.getByText("This form needs JavaScript.").waitFor();
  expect(await page.getByText(panel.loading).isVisible()).toBe(false);
  await close();
});

test("the sign-up page shows the note of the settings: here, the code of the local Clerk", async () => {
  const { page, close } = await loginAs("visitor", browser, platform);
  await page.goto("/sign-up");
  await content(page, "First name").waitFor();
  expect(await page.getByText("the code is 424242").isVisible()).toBe(true);
  await close();
});
