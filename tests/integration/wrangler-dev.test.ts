import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { applyMigrations } from "../../scripts/database/apply-migrations.ts";
import { seedDemoCourses } from "../../scripts/database/seed-demo-courses.ts";
import { createControlClient } from "../clerk/control-client.ts";
import { createStripeControlClient } from "../stripe/control-client.ts";
import { createLocalStack, ended, type LocalStack } from "../support/local-stack.ts";
import { bodySizes, createConnection, rejectedPosts } from "../support/rejected-posts.ts";
import { cookieHeader } from "../support/signed-in-user.ts";
import { sessionIdOf } from "../support/stripe-orders.ts";

let stack: LocalStack;
beforeEach(async () => {
  stack = await createLocalStack();
});
afterEach(() => stack.remove());

test("wrangler dev works with the settings that npm run clerk writes", async () => {
  const { checkout, port, clerkPort, stripePort } = stack;
  const appOrigin = `http://localhost:${port}`;
  const ports = { port, "clerk-port": clerkPort, "stripe-port": stripePort };
  const options = Object.entries(ports).flatMap(([name, value]) => [`--${name}`, `${value}`]);
  const services = stack.run("scripts/local-services.ts", options);
  await services.until("npx wrangler dev --env-file .wrangler/state/local-clerk.env");
  const second = stack.run("scripts/local-services.ts");
  const state = join(checkout, ".wrangler/state");
  await applyMigrations(state);
  await seedDemoCourses({ remote: false, state }, { onlyIfEmpty: true });
  const settings = ["--env-file", ".wrangler/state/local-clerk.env"];
  const site = stack.runProgram("wrangler", ["dev", "--port", `${port}`, ...settings]);
  await site.until("Ready on");
  await sendRejectedPosts(appOrigin);
  const control = createControlClient(`http://127.0.0.1:${clerkPort}`);
  const { id } = await control.createUser({
    emailAddresses: ["new@example.com"],
    firstName: "New",
  });
  const { token, cookies } = await control.createSession({ userId: id, appOrigin });
  const me = await fetch(`${appOrigin}/api/me`, { headers: { Authorization: `Bearer ${token}` } });
  expect(await me.json()).toMatchObject({ email: "new@example.com" });
  const location = await order(appOrigin, cookies);
  expect(location).toContain(`http://127.0.0.1:${stripePort}/pay/cs_test_`);
  const stripe = createStripeControlClient(`http://127.0.0.1:${stripePort}`);
  const { url } = await stripe.pay(sessionIdOf(location));
  await stripe.waitForIdle();
  const headers = cookieHeader(cookies);
  const receipt = await fetch(url.replace("/return?done", ""), { headers });
  expect(await receipt.text()).toContain("Print receipt");
  site.child.kill("SIGINT");
  services.child.kill("SIGINT");
  expect(await ended(services.child)).toBe(0);
  await ended(site.child);
  expect(await ended(second.child)).toBe(1);
  expect(second.output()).toContain("is in use. Stop the other");
});

/** Wrangler answers some of them with its own 500, but must go on. */
async function sendRejectedPosts(appOrigin: string): Promise<void> {
  const connection = createConnection(appOrigin);
  for (const post of rejectedPosts(appOrigin)) {
    for (const size of bodySizes) await connection.post(post, size);
  }
  connection.close();
  expect((await fetch(`${appOrigin}/api/health`)).status).toBe(200);
}

/** Orders a priced demo course; returns where the buyer is sent to. */
async function order(appOrigin: string, cookies: Record<string, string>): Promise<string> {
  const fields = { intent: "order", priceMinor: "2900", currency: "EUR", consent: "on" };
  const response = await fetch(`${appOrigin}/courses/reading-a-balance-sheet`, {
    method: "POST",
    redirect: "manual",
    headers: { ...cookieHeader(cookies), Origin: appOrigin },
    body: new URLSearchParams(fields),
  });
  return response.headers.get("location") ?? "";
}
