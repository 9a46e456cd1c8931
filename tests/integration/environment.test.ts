import { expect, test } from "vitest";
import { localClerkEnvironment } from "../clerk/environment.ts";
import { type BuiltWorker, startBuiltWorker } from "../support/built-worker.ts";
import { eventually } from "../support/eventually.ts";
import { freePort } from "../support/free-port.ts";

/** A line about a rejected configuration; the log lags behind the response. */
async function lineWith({ logLines }: Pick<BuiltWorker, "logLines">, text: string) {
  const find = () => logLines.find((line) => line.includes(text));
  await eventually(() => expect(find()).toBeDefined());
  return find();
}

test("an invalid environment returns 500 and logs one line with all invalid keys", async () => {
  const port = await freePort();
  const appOrigin = `http://localhost:${port}`;
  const good = localClerkEnvironment({ clerkOrigin: "http://localhost:9", appOrigin });
  const variables = { ...good, CLERK_SECRET_KEY: "pk_test_swapped", CLERK_WEBHOOK_SECRET: "" };
  const worker = await startBuiltWorker({ port, variables });
  try {
    for (const path of [
      "/",
      "/dashboard",
      "/api/health",
      "/api/webhooks/clerk",
      "/__clerk/v1/client",
    ]) {
      const response = await fetch(worker.origin + path);
      expect(response.status, path).toBe(500);
      expect(response.headers.get("content-type"), path).toBe(
        path.startsWith("/api/") ? "application/problem+json" : "text/html; charset=utf-8",
      );
      expect(await response.text(), path).not.toMatch(/CLERK_|pk_test|stack/);
    }
    const line = await lineWith(worker, "EnvironmentError");
    expect(line).toContain("CLERK_SECRET_KEY: must start with sk_test_ or sk_live_");
    expect(line).toContain("CLERK_WEBHOOK_SECRET");
    expect(line).toContain('section \\"Configuration\\"');
    expect(line).not.toContain("pk_test_swapped");
  } finally {
    await worker.close();
  }
});

test("without any settings, the page and the log name the commands to run", async () => {
  const worker = await startBuiltWorker({ port: await freePort(), variables: {} });
  try {
    const response = await fetch(worker.origin);
    expect(response.status).toBe(500);
    const page = await response.text();
    const line = await lineWith(worker, "MissingEnvironmentError");
    for (const command of [
      "npm start",
      "npm run clerk",
      "npx wrangler dev --env-file .wrangler/state/local-clerk.env",
    ]) {
      expect(page).toContain(command);
      expect(line).toContain(command);
    }
  } finally {
    await worker.close();
  }
});

test("a page contains only the public settings", async () => {
  const port = await freePort();
  const variables = localClerkEnvironment({
    clerkOrigin: "http://localhost:9",
    appOrigin: `http://localhost:${port}`,
  });
  const worker = await startBuiltWorker({ port, variables });
  try {
    const page = await (await fetch(worker.origin)).text();
    expect(page).toContain(variables.CLERK_PUBLISHABLE_KEY);
    for (const name of ["CLERK_SECRET_KEY", "CLERK_WEBHOOK_SECRET", "CLERK_API_URL"]) {
      expect(page).not.toContain(name);
      expect(page).not.toContain(variables[name]);
    }
  } finally {
    await worker.close();
  }
});
