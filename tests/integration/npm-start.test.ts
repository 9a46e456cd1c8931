import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clerkJsVersion } from "../clerk/environment.ts";
import { freePort } from "../support/free-port.ts";
import {
  createLocalStack,
  ended,
  type LocalStack,
  type RunningProgram,
} from "../support/local-stack.ts";
import { killProcess } from "../support/processes.ts";
import {
  abortDownload,
  abortUpload,
  bodySizes,
  createConnection,
  rejectedPosts,
} from "../support/rejected-posts.ts";

const crashLine = "The Workers runtime crashed unexpectedly";

let stack: LocalStack;
let site: RunningProgram;
let origin: string;
let clerkOrigin: string;

beforeAll(async () => {
  stack = await createLocalStack({ withBuild: true });
  origin = `http://localhost:${stack.port}`;
  clerkOrigin = `http://localhost:${stack.clerkPort}`;
  site = stack.npmRun("start");
  await site.until("Press Ctrl-C to stop");
});
afterAll(async () => {
  site.child.kill("SIGINT");
  await ended(site.child);
  await stack.remove();
});

async function expectResponses(): Promise<void> {
  expect((await fetch(`${origin}/api/health`)).status).toBe(200);
  expect((await fetch(origin)).status).toBe(200);
  expect((await fetch(clerkOrigin)).status).toBe(200);
}

/** Neither by `npm start` nor by Miniflare, which restarts a crashed runtime itself. */
function expectNoRestart(): void {
  expect(site.output()).not.toContain("Restarting");
  expect(site.output()).not.toContain(crashLine);
}

/** Concurrent connections, so that their pauses do not add up. */
const connections = 8;
const postsPerConnection = 28;
const postsBeforePause = 8;
/** An upload of at most this size fits into the buffers of a connection. */
const bufferedBytes = 65_536;

test("survives rejected POST requests of every kind and size, and idle connections", async () => {
  const posts = rejectedPosts(origin);
  const responses = new Map<number | null, number>();
  const run = async (_: unknown, offset: number) => {
    const connection = createConnection(origin);
    for (let n = 0; n < postsPerConnection; n++) {
      const post = posts[(offset + n) % posts.length];
      const size = bodySizes[n % bodySizes.length];
      const previousSize = bodySizes[(n - 1) % bodySizes.length] ?? 0;
      if (!post || size === undefined) throw new Error("The lists are empty");
      const status = await connection.post(post, size);
      responses.set(status, (responses.get(status) ?? 0) + 1);
      // The server may close a connection during or after an upload, or while it is idle.
      const hasUpload = Math.max(size, previousSize) > bufferedBytes;
      const mayBeClosed = hasUpload || n % postsBeforePause === 0;
      const allowed = mayBeClosed ? [null, ...post.statuses] : post.statuses;
      expect(allowed, `${post.path}, ${size} bytes`).toContain(status);
      // wrangler and undici close idle connections after five seconds.
      if (n % postsBeforePause === postsBeforePause - 1) await delay(5_000 + 12 * offset);
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: connections }, run));
  console.log("responses:", Object.fromEntries(responses));
  await expectResponses();
  expectNoRestart();
});

test("survives aborted uploads and downloads", async () => {
  const uploads = rejectedPosts(origin).flatMap(({ path }) =>
    [0, 1, 70_000, 300_000].map((sent) => abortUpload(origin, path, sent)),
  );
  const proxied = [0, 1, 300_000].map((sent) => abortUpload(origin, "/__clerk/v1/client", sent));
  const toClerk = [0, 1, 300_000].map((sent) => abortUpload(clerkOrigin, "/bapi/v1/users", sent));
  const clerkJs = `/__clerk/npm/@clerk/clerk-js@${clerkJsVersion}/dist/clerk.browser.js`;
  const pages = ["/", "/sign-in", "/favicon.svg", "/__clerk/v1/environment"];
  const downloads = [...pages, clerkJs].map((path) => abortDownload(origin, path));
  const fromClerk = abortDownload(clerkOrigin, clerkJs.replace("/__clerk", ""));
  await Promise.all([...uploads, ...proxied, ...toClerk, ...downloads, fromClerk]);
  await expectResponses();
  expectNoRestart();
});

/** The time until the address answers. */
async function secondsUntilUp(url: string): Promise<number> {
  const startedAt = performance.now();
  await expect.poll(() => fetch(url).then(({ ok }) => ok)).toBe(true);
  return (performance.now() - startedAt) / 1_000;
}

/** How long the same worker takes to start right now. */
async function secondsOfStart(): Promise<number> {
  const port = await freePort();
  const settings = ["--env-file", ".wrangler/state/local-clerk.env"];
  const worker = stack.run("scripts/local-site/serve.ts", ["--port", `${port}`, ...settings]);
  const seconds = await secondsUntilUp(`http://localhost:${port}/favicon.svg`);
  worker.child.kill("SIGTERM");
  await ended(worker.child);
  return seconds;
}

async function expectBackWithinTenSeconds(): Promise<void> {
  const seconds = await secondsUntilUp(`${origin}/api/health`);
  if (seconds > 10) expect(seconds).toBeLessThan(2 * (await secondsOfStart()));
  await expectResponses();
}

test("restarts a killed worker within ten seconds", async () => {
  await killProcess("serve.ts", `${stack.port}`);
  await site.until("The worker exited unexpectedly (SIGKILL). Restarting it.");
  await expectBackWithinTenSeconds();
});

test("restarts a worker with a crashed runtime within ten seconds", async () => {
  await killProcess("workerd", `${stack.port}`);
  await site.until(crashLine);
  await expectBackWithinTenSeconds();
});

test("npm forwards a signal and everything stops", async () => {
  site.child.kill("SIGINT");
  expect(await ended(site.child)).toBe(0);
  await expect(fetch(origin)).rejects.toThrow();
  await expect(fetch(clerkOrigin)).rejects.toThrow();
});
