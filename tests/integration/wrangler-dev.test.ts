import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { applyMigrations } from "../../scripts/database/apply-migrations.ts";
import { createControlClient } from "../clerk/control-client.ts";
import { createLocalStack, ended, type LocalStack } from "../support/local-stack.ts";

let stack: LocalStack;
beforeEach(async () => {
  stack = await createLocalStack();
});
afterEach(() => stack.remove());

test("wrangler dev works with the settings that npm run clerk writes", async () => {
  const { checkout, port, clerkPort } = stack;
  const appOrigin = `http://localhost:${port}`;
  const clerkOptions = ["--port", `${clerkPort}`, "--app-origin", appOrigin];
  const clerk = stack.run("tests/clerk/main.ts", clerkOptions);
  await clerk.until("npx wrangler dev --env-file .wrangler/state/local-clerk.env");
  const second = stack.run("tests/clerk/main.ts", ["--port", "0"]);
  await applyMigrations(join(checkout, ".wrangler/state"));
  const settings = ["--env-file", ".wrangler/state/local-clerk.env"];
  const site = stack.runProgram("wrangler", ["dev", "--port", `${port}`, ...settings]);
  await site.until("Ready on");
  const control = createControlClient(`http://127.0.0.1:${clerkPort}`);
  const { id } = await control.createUser({
    emailAddresses: ["new@example.com"],
    firstName: "New",
  });
  const { token } = await control.createSession({ userId: id, appOrigin });
  const headers = { Authorization: `Bearer ${token}` };
  const me = await fetch(`${appOrigin}/api/me`, { headers });
  expect(await me.json()).toMatchObject({ email: "new@example.com" });
  site.child.kill("SIGINT");
  clerk.child.kill("SIGINT");
  expect(await ended(clerk.child)).toBe(0);
  await ended(site.child);
  expect(await ended(second.child)).toBe(1);
  expect(second.output()).toContain("is in use. Stop the other");
}, 180_000);
