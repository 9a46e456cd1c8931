import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { freePort } from "../../support/free-port.ts";
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

describe("npm run clerk", () => {
  async function run() {
    const [port, clerkPort, stripePort] = [await freePort(), await freePort(), await freePort()];
    const start = () => {
      const ports = ["--port", port, "--clerk-port", clerkPort, "--stripe-port", stripePort];
      const flags = [...ports.map(String), "--state", dirname(temporaryState())];
      const child = spawn(process.execPath, ["scripts/local-services.ts", ...flags]);
      onTestFinished(() => void child.kill("SIGKILL"));
      return child;
    };
    return { clerkPort, start };
  }

  const exitCode = async (child: ChildProcess) =>
    z.tuple([z.number().nullable(), z.string().nullable()]).parse(await once(child, "exit"))[0];

  async function outputUntil(stream: Readable, text: string): Promise<void> {
    let output = "";
    for await (const chunk of stream) {
      output += chunk;
      if (output.includes(text)) return;
    }
    throw new Error(`The command ended without "${text}": ${output}`);
  }

  it.each(["SIGINT", "SIGTERM"] as const)("shuts down cleanly on %s", async (signal) => {
    const { clerkPort, start } = await run();
    const child = start();
    const ended = exitCode(child);
    await outputUntil(child.stdout, `http://localhost:${clerkPort}`);
    child.kill(signal);
    expect(await ended).toBe(0);
  });

  it("fails with a clear message on a taken port", async () => {
    const { clerkPort, start } = await run();
    const other = createServer().listen(clerkPort, "127.0.0.1");
    await once(other, "listening");
    onTestFinished(() => void other.close());
    const child = start();
    const ended = exitCode(child);
    await outputUntil(child.stderr, `Port ${clerkPort} (the local Clerk) is in use.`);
    expect(await ended).toBe(1);
  });
});
