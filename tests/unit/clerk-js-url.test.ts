import { expect, test } from "vitest";
import { clerkScriptUrl, prefetchedScripts } from "../../app/clerk/clerk-js-url.server.ts";
import { readEnvironment } from "../../app/env.server.ts";
import { deploymentOf } from "../clerk/deployment.ts";
import { localClerkEnvironment } from "../clerk/environment.ts";

const path = "/npm/@clerk/clerk-js@5/dist/clerk.browser.js";
const page = "https://courses.example/sign-in?redirect_url=/";

const settings = (changes: Record<string, string>) =>
  readEnvironment({
    ...localClerkEnvironment({ clerkOrigin: "http://localhost:8788", appOrigin: page }),
    CLERK_JS: "",
    CLERK_PROXY_URL: "",
    SERVER_URL: new URL(page).origin,
    ...changes,
  });

/** Clerk's script loader builds the same URLs; another one would be loaded twice. */
test.each([
  ["the host in the key", {}, `https://${deploymentOf("local").frontendApiHost}${path}`],
  [
    "a proxy on this site",
    { CLERK_PROXY_URL: "/__clerk" },
    `https://courses.example/__clerk${path}`,
  ],
  ["a proxy elsewhere", { CLERK_PROXY_URL: "https://a.example/b" }, `https://a.example/b${path}`],
  ["its own address", { CLERK_JS: "https://a.example/c.js" }, "https://a.example/c.js"],
])("ClerkJS is preloaded from %s", (_, changes, url) => {
  expect(clerkScriptUrl(settings(changes), page)).toBe(url);
});

test.each([
  ["/sign-in", true],
  ["/sign-in/factor-one", true],
  ["/sign-up", false],
  ["/dashboard", false],
])("%s prefetches the chunk of the sign-in form: %s", (path, isPrefetched) => {
  const scripts = prefetchedScripts(settings({}), `https://courses.example${path}`);
  expect(scripts.filter((url) => url.includes("/signin_"))).toHaveLength(isPrefetched ? 1 : 0);
  expect(scripts.filter((url) => url.includes("/ui-common_"))).toHaveLength(1);
});
