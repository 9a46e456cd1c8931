import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  createLocalStack,
  ended,
  type LocalStack,
  type RunningProgram,
} from "../support/local-stack.ts";
import { findProcesses } from "../support/processes.ts";
import {
  abortDownload,
  abortUpload,
  bodySizes,
  createConnection,
  rejectedPosts,
} from "../support/rejected-posts.ts";

let stack: LocalStack;
let site: RunningProgram;
let origin: string;
let clerkOrigin: string;

beforeAll(async () => {
  stack = await createLocalStack();
  origin = `http://localhost:${stack.port}`;
  clerkOrigin = `http://localhost:${stack.clerkPort}`;
  site = stack.npmRun("start");
  await site.until("Press Ctrl-C to stop");
}, 180_000);
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

/** Concurrent connections, so that their pauses do not add up. */
const connections = 8;
const postsPerConnection = 28;

test("survives rejected POST requests of every kind and size, and idle connections", async () => {
  const posts = rejectedPosts(origin);
  const responses = new Map<number | null, number>();
  const run = async (_: unknown, offset: number) => {
    const connection = createConnection(origin);
    for (let n = 0; n < postsPerConnection; n++) {
      const post = posts[(offset + n) % posts.length];
      const size = bodySizes[n % bodySizes.length];
      if (!post || size === undefined) throw new Error("The lists are empty");
      const status = await connection.post(post, size);
      responses.set(status, (responses.get(status) ?? 0) + 1);
      if (status !== null) expect(post.statuses, `${post.path}, ${size} bytes`).toContain(status);
      // wrangler and undici close idle connections after five seconds.
      if (n % 8 === 7) await delay(5_000 + 12 * offset);
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: connections }, run));
  console.log("responses:", Object.fromEntries(responses));
  await expectResponses();
  expect(site.output()).not.toContain("Restarting");
}, 120_000);

test("survives aborted uploads and downloads", async () => {
  const uploads = rejectedPosts(origin).flatMap(({ path }) =>
    [0, 1, 70_000, 300_000].map((sent) => abortUpload(origin, path, sent)),
  );
  const proxied = [0, 1, 300_000].map((sent) => abortUpload(origin, "/__clerk/v1/client", sent));
  const toClerk = [0, 1, 300_000].map((sent) => abortUpload(clerkOrigin, "/bapi/v1/users", sent));
  const pages = ["/", "/sign-in", "/favicon.svg", "/__clerk/v1/environment"];
  const downloads = pages.map((path) => abortDownload(origin, path));
  await Promise.all([...uploads, ...proxied, ...toClerk, ...downloads]);
  await expectResponses();
  expect(site.output()).not.toContain("Restarting");
});

async function killOne(...commandLine: string[]): Promise<void> {
  const pids = await findProcesses(...commandLine);
  expect(pids).toHaveLength(1);
  for (const pid of pids) process.kill(pid, "SIGKILL");
}

async function expectBackWithinTenSeconds(): Promise<void> {
  const signal = AbortSignal.timeout(10_000);
  await expect
    .poll(() => fetch(`${origin}/api/health`, { signal }).then(({ status }) => status))
    .toBe(200);
  await expectResponses();
}

test("restarts a killed worker within ten seconds", async () => {
  await killOne("serve.ts", `${stack.port}`);
  await site.until("The worker exited unexpectedly (SIGKILL). Restarting it.");
  await expectBackWithinTenSeconds();
});

test("restarts a worker with a crashed runtime within ten seconds", async () => {
  await killOne("workerd", `${stack.port}`);
  await site.until("The Workers runtime crashed");
  await expectBackWithinTenSeconds();
});

test("npm forwards a signal and everything stops", async () => {
  site.child.kill("SIGINT");
  expect(await ended(site.child)).toBe(0);
  await expect(fetch(origin)).rejects.toThrow();
  await expect(fetch(clerkOrigin)).rejects.toThrow();
});
