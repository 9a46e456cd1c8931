import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import Stripe from "stripe";
import { afterEach, beforeEach, expect, test } from "vitest";
import { executeSql } from "../../scripts/database/execute-sql.ts";
import { demoCourseSlugs } from "../../scripts/database/read-demo-courses.ts";
import { createControlClient } from "../clerk/control-client.ts";
import { localStripeKeys } from "../stripe/environment.ts";
import { eventually } from "../support/eventually.ts";
import { freePort } from "../support/free-port.ts";
import { createLocalStack, ended, type LocalStack } from "../support/local-stack.ts";
import { killProcess } from "../support/processes.ts";

let stack: LocalStack;
let checkout: string;
let port: number;
let clerkPort: number;
let stripePort: number;
beforeEach(async () => {
  stack = await createLocalStack();
  ({ checkout, port, clerkPort, stripePort } = stack);
});
afterEach(() => stack.remove());

const start = () => stack.start();

/** Fails if the port is in use. */
async function expectFree(takenPort: number): Promise<void> {
  const server = createServer().listen(takenPort, "127.0.0.1");
  await once(server, "listening");
  server.close();
  await once(server, "close");
}

/** The slugs of the courses in the site's D1. */
const courseSlugs = () =>
  executeSql(
    { remote: false, state: join(checkout, ".wrangler/state") },
    "select slug from courses order by published_at desc",
  );

test("starts everything, stops everything on Ctrl-C, keeps the data for the next start, and gives up when the worker fails five times", async () => {
  const first = start();
  await first.until("Press Ctrl-C to stop");
  expect(first.output()).toContain(`http://localhost:${port}`);
  expect(first.output()).toContain("ada@example.com");
  const control = createControlClient(`http://127.0.0.1:${clerkPort}`);
  const { id } = await control.createUser({
    emailAddresses: ["kept@example.com"],
    firstName: "Kept",
  });
  const metadata = await eventually(async () => {
    const { public_metadata } = await control.getUser(id);
    expect(public_metadata).toMatchObject({ dbId: expect.any(String), role: "user" });
    return public_metadata;
  });
  expect(await courseSlugs()).toEqual(demoCourseSlugs.map((slug) => ({ slug })));
  const stripe = new Stripe(localStripeKeys.secretKey, {
    host: "127.0.0.1",
    port: stripePort,
    protocol: "http",
  });
  expect((await stripe.checkout.sessions.list()).data).toEqual([]);
  const otherPorts = ["--port", `${await freePort()}`, "--clerk-port", `${await freePort()}`];
  otherPorts.push("--stripe-port", `${await freePort()}`);
  const simultaneous = stack.start(otherPorts);
  expect(await ended(simultaneous.child)).toBe(1);
  expect(simultaneous.output().trim()).toBe(
    ".wrangler/state is in use. Stop the other `npm start`, `npm run dev` or `npm run clerk`, or choose another place with --state.",
  );
  first.child.kill("SIGINT");
  expect(await ended(first.child)).toBe(0);
  for (const freed of [port, clerkPort, stripePort]) await expectFree(freed);

  const withoutPackages = (process.env.PATH ?? "").replaceAll(/[^:]*node_modules\/\.bin:/g, "");
  const second = stack.start([], { ...process.env, PATH: withoutPackages });
  await second.until("Press Ctrl-C to stop");
  expect((await control.getUser(id)).public_metadata).toEqual(metadata);
  const { token } = await control.createSession({
    userId: id,
    appOrigin: `http://localhost:${port}`,
  });
  const me = await fetch(`http://localhost:${port}/api/me`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  expect(await me.json()).toMatchObject({ id: metadata.dbId, name: "Kept" });
  second.child.kill("SIGTERM");
  expect(await ended(second.child)).toBe(0);
  await expectGivingUp();
});

/** Starts again and makes the worker fail five times within a minute. */
async function expectGivingUp(): Promise<void> {
  const { child, output, until } = start();
  await until("Press Ctrl-C to stop");
  await rm(join(checkout, "scripts"));
  await killProcess("serve.ts", `${port}`);
  expect(await ended(child)).toBe(1);
  expect(output().split("Restarting it.")).toHaveLength(5);
  expect(output()).toContain(
    "The worker exited unexpectedly (code 1). Giving up after 5 failures within a minute. Its last output:",
  );
  for (const freed of [port, clerkPort, stripePort]) await expectFree(freed);
}

async function expectFailure(message: string): Promise<void> {
  const { child, output } = start();
  expect(await ended(child)).toBe(1);
  expect(output()).toContain(message);
}

test("names a port that is in use", async () => {
  const site = createServer().listen(port, "127.0.0.1");
  await once(site, "listening");
  await expectFailure(`Port ${port} (the site) is in use`);
  site.close();
  const clerk = createServer().listen(clerkPort, "127.0.0.1");
  await once(clerk, "listening");
  await expectFailure(`Port ${clerkPort} (the local Clerk) is in use`);
  clerk.close();
  const stripe = createServer().listen(stripePort, "127.0.0.1");
  await once(stripe, "listening");
  await expectFailure(`Port ${stripePort} (the local Stripe) is in use`);
  stripe.close();
});

test.each([
  ["the local Clerk", ".wrangler/state/local-clerk.sqlite"],
  ["the local Stripe", ".wrangler/state/local-stripe.sqlite"],
  ["D1", ".wrangler/state/v3/d1/miniflare-D1DatabaseObject/broken.sqlite"],
])("names a damaged database of %s and how to recover", async (_, file) => {
  await mkdir(dirname(join(checkout, file)), { recursive: true });
  await writeFile(join(checkout, file), "This is no database. ".repeat(1_000));
  const { child, output } = start();
  expect(await ended(child)).toBe(1);
  expect(output().trim()).toBe(
    `${file} is damaged (file is not a database). Delete all local data with \`npm run reset\`, then try again.`,
  );
});

test("names a damaged lock and a state folder that is a file", async () => {
  const lock = ".wrangler/state/local-clerk.sqlite.lock";
  await mkdir(join(checkout, ".wrangler/state"), { recursive: true });
  await writeFile(join(checkout, lock), "This is no database. ".repeat(1_000));
  const damaged = stack.start();
  expect(await ended(damaged.child)).toBe(1);
  expect(damaged.output().trim()).toBe(`${lock} is damaged. Delete it, then try again.`);
  for (const state of ["package.json", "package.json/state"]) {
    const { child, output } = stack.start(["--state", state]);
    expect(await ended(child)).toBe(1);
    expect(output().trim()).toBe(
      `${state} cannot be a folder for data. Choose another place with --state.`,
    );
  }
});

test("without installed packages, explains how to install them", async () => {
  await rm(join(checkout, "node_modules"));
  for (const { child, output } of [stack.start(), stack.npmRun("start")]) {
    expect(await ended(child)).toBe(1);
    expect(output()).toContain("The packages are not installed: run `npm ci`, then try again.");
  }
});

test("names a Node that cannot run TypeScript, and the command to use instead", async () => {
  const env = { ...process.env, NODE_OPTIONS: "--no-experimental-strip-types" };
  const { child, output } = stack.start([], env);
  expect(await ended(child)).toBe(1);
  expect(output().trim()).toBe(
    `Node ${process.versions.node} cannot run TypeScript. Use \`npm start\` or \`npm run dev\`, which run the project's own Node.`,
  );
});

test("Ctrl-C stops a start in progress", async () => {
  const { child, output } = start();
  await expect.poll(() => existsSync(join(checkout, ".wrangler/state/local-clerk.env"))).toBe(true);
  child.kill("SIGINT");
  expect(await ended(child)).toBe(0);
  expect(output()).toBe("");
  for (const unused of [port, clerkPort, stripePort]) await expectFree(unused);
});

test("without a build, explains how to make one", async () => {
  await rm(join(checkout, "build"), { recursive: true });
  await expectFailure("No build found. Run `npm run build` first");
});

test("with .dev.vars, starts no local services and names an invalid key", async () => {
  const settings = ["CLERK_PUBLISHABLE_KEY=sk_test_swapped", "SERVER_URL=http://localhost"];
  await writeFile(join(checkout, ".dev.vars"), settings.join("\n"));
  await expectFailure("CLERK_PUBLISHABLE_KEY: must start with pk_test_ or pk_live_");
  for (const unused of [port, clerkPort, stripePort]) await expectFree(unused);
});

test("with the keys of a real Clerk in .dev.vars, uses that instance", async () => {
  const settings = {
    CLERK_PUBLISHABLE_KEY: `pk_test_${btoa("clerk.courses.example$")}`,
    CLERK_SECRET_KEY: "sk_test_something",
    CLERK_WEBHOOK_SECRET: `whsec_${btoa("a webhook secret, long enough")}`,
    SERVER_URL: `http://localhost:${port}`,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}="${value}"`);
  await writeFile(join(checkout, ".dev.vars"), lines.join("\n"));
  const { child, output, until } = start();
  await until("the real instance in .dev.vars");
  expect(output()).not.toContain("Local Clerk");
  await expectFree(clerkPort);
  expect(await courseSlugs()).toEqual([]);
  child.kill("SIGINT");
  expect(await ended(child)).toBe(0);
});
