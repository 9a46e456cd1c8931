import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { startReceiver } from "../../support/webhook-receiver.ts";
import { demoAccounts } from "../seed.ts";
import { openBrowser, startClerk } from "./support.ts";

function temporaryState(): string {
  const folder = mkdtempSync(join(tmpdir(), "local-clerk-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, "deep", "state.sqlite");
}

describe("a restart", () => {
  it("keeps users, sessions, browsers, emails, settings, the key and the instance id", async () => {
    const statePath = temporaryState();
    const before = await startClerk({ statePath });
    await before.control.createUser({ emailAddresses: ["a@b.co"], password: "long enough" });
    await before.control.updateSettings({ signUp: { verifyEmailCode: false } });
    const browser = await openBrowser(before.origin);
    const session = await browser.signIn("a@b.co", "long enough");
    await before.close();

    const after = await startClerk({ statePath });
    expect(after.jwtKey).toBe(before.jwtKey);
    expect((await after.backend.instance.get()).id).toBe(before.instanceId);
    const again = await openBrowser(after.origin, browser.devBrowserId);
    const refresh = await again.send("POST", `/client/sessions/${session.id}/tokens`);
    expect(refresh.status).toBe(200);
    expect((await after.control.getSettings()).signUp.verifyEmailCode).toBe(false);
    expect(await after.control.listUsers()).toHaveLength(1);
  });

  it("resumes undelivered webhooks", async () => {
    const statePath = temporaryState();
    const before = await startClerk({ statePath, webhookUrl: "http://127.0.0.1:9/" });
    await before.control.hold();
    const user = await before.control.createUser({ emailAddresses: ["a@b.co"] });
    await before.control.updateUser(user.id, { firstName: "Ada" });
    await before.close();

    const { url, received } = await startReceiver();
    const after = await startClerk({ statePath, webhookUrl: url });
    await after.control.release();
    await after.control.waitForIdle();
    expect(received.map(({ body }) => JSON.parse(body).type)).toEqual([
      "user.created",
      "user.updated",
    ]);
    expect(new Set(received.map(({ id }) => id)).size).toBe(2);
  });

  it("creates the demo accounts only once, with working passwords", async () => {
    const statePath = temporaryState();
    await (await startClerk({ statePath, seed: true })).close();
    const { control, origin } = await startClerk({ statePath, seed: true });
    const users = await control.listUsers();
    expect(users).toHaveLength(2);
    const { admin } = demoAccounts;
    const [ada] = await control.listUsers({ emailAddress: admin.email });
    expect(ada?.public_metadata).toEqual({ role: "admin" });
    const session = await (await openBrowser(origin)).signIn(admin.email, admin.password);
    expect(session.user.id).toBe(ada?.id);
  });
});

describe("a taken port", () => {
  it("causes a clear error", async () => {
    const { origin } = await startClerk();
    const port = Number(new URL(origin).port);
    await expect(startClerk({ port })).rejects.toMatchObject({
      code: "EADDRINUSE",
      message: expect.stringContaining(`127.0.0.1:${port}`),
    });
  });
});

describe("the command", () => {
  // Keeps this test's webhooks away from an app on the default port.
  const unreachable = "http://127.0.0.1:9";

  function run(...flags: string[]) {
    const main = fileURLToPath(new URL("../main.ts", import.meta.url));
    const isolated = ["--state", ":memory:", "--app-origin", unreachable, "--quiet"];
    const child = spawn(process.execPath, [main, ...isolated, ...flags]);
    onTestFinished(() => void child.kill("SIGKILL"));
    return child;
  }

  const exitCode = async (child: ChildProcess) =>
    z.tuple([z.number().nullable(), z.string().nullable()]).parse(await once(child, "exit"))[0];

  it.each(["SIGINT", "SIGTERM"] as const)(
    "starts, and shuts down cleanly on %s",
    async (signal) => {
      const child = run("--port", "0");
      const [line] = await once(child.stdout, "data");
      expect(String(line)).toMatch(/Local Clerk on http:\/\/127\.0\.0\.1:\d+/);
      child.kill(signal);
      expect(await exitCode(child)).toBe(0);
    },
  );

  it("fails with a clear message on a taken port", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    onTestFinished(() => void other.close());
    const { port } = z.object({ port: z.number() }).parse(other.address());
    const child = run("--port", String(port));
    const [message] = await once(child.stderr, "data");
    expect(String(message)).toContain("the port is taken");
    expect(await exitCode(child)).toBe(1);
  });
});
