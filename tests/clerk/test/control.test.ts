import { verifyToken } from "@clerk/backend";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { clerkJsVersion, localClerkEnvironment, localClerkKeys } from "../environment.ts";
import { appOrigin, startClerk } from "./support.ts";

describe("the control page and API", () => {
  it.each([
    ["another origin", { origin: "http://localhost:8787" }],
    ["a page of another site", { "sec-fetch-site": "cross-site" }],
    ["a page on another port", { "sec-fetch-site": "same-site" }],
    ["the app's proxy", { "clerk-proxy-url": `${appOrigin}/__clerk` }],
    ["a forwarding proxy", { "x-forwarded-host": "localhost:8787" }],
  ])("reject requests from %s", async (_name, headers) => {
    const { origin, control } = await startClerk();
    const user = await control.createUser({ emailAddresses: ["a@b.co"] });
    const chaos = ["/chaos/stop", "/control/chaos/stop"];
    for (const path of ["/control/reset", `/users/${user.id}/delete`, "/webhooks/hold", ...chaos]) {
      const refused = await fetch(origin + path, { method: "POST", headers, redirect: "manual" });
      expect(refused.status).toBe(403);
    }
    expect((await fetch(`${origin}/control/users`, { headers })).status).toBe(403);
    expect(await control.listUsers()).toHaveLength(1);
  });

  it("escape user input", async () => {
    const { origin, control } = await startClerk();
    const user = await control.createUser({
      emailAddresses: ["a@b.co"],
      firstName: "<script>alert(1)</script>",
      publicMetadata: { x: "</textarea><b>" },
    });
    await control.waitForIdle();
    const [message] = await control.listWebhookMessages();
    for (const path of ["/", `/users/${user.id}`, `/webhooks/${message?.id}`, "/sessions"]) {
      const page = await fetch(origin + path);
      expect(page.status).toBe(200);
      expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
      const text = await page.text();
      expect(text).not.toContain("<script");
      expect(text).not.toContain("</textarea><b>");
    }
  });

  it("create, update and delete users with HTML forms", async () => {
    const { origin, control } = await startClerk();
    const post = (path: string, form: Record<string, string>) =>
      fetch(origin + path, {
        method: "POST",
        headers: { origin },
        body: new URLSearchParams(form),
        redirect: "manual",
      });
    const created = await post("/users", {
      email: "a@b.co",
      password: "",
      firstName: "Ada",
      lastName: "",
      publicMetadata: '{"role":"admin"}',
    });
    expect(created.status).toBe(303);
    const [user] = await control.listUsers();
    expect(created.headers.get("location")).toBe(`/users/${user?.id}`);
    expect(user).toMatchObject({ last_name: null, public_metadata: { role: "admin" } });
    const broken = await post(`/users/${user?.id}`, { publicMetadata: "{" });
    expect(broken.status).toBe(422);
    await post(`/users/${user?.id}/delete`, {});
    expect(await control.listUsers()).toEqual([]);
  });

  it("ban, unban, lock and unlock a user with buttons", async () => {
    const { origin, control } = await startClerk();
    const { id } = await control.createUser({ emailAddresses: ["a@b.co"] });
    for (const [action, state] of [
      ["ban", { banned: true, locked: false }],
      ["lock", { banned: true, locked: true }],
      ["unban", { banned: false, locked: true }],
      ["unlock", { banned: false, locked: false }],
    ] as const) {
      const path = `/users/${id}/${action}`;
      expect(await (await fetch(`${origin}/users/${id}`)).text()).toContain(`action="${path}"`);
      const headers = { origin };
      await fetch(origin + path, { method: "POST", headers, redirect: "manual" });
      expect(await control.getUser(id)).toMatchObject(state);
    }
  });

  it("mint invalid tokens on purpose", async () => {
    const { control, jwtKey } = await startClerk();
    const user = await control.createUser({
      emailAddresses: ["a@b.co"],
      publicMetadata: { role: "user" },
    });
    const { sessionId } = await control.createSession({ userId: user.id, appOrigin });
    const options = { jwtKey, authorizedParties: [appOrigin] };
    const mint = (overrides: object) =>
      control.mintSessionToken({ sessionId, azp: appOrigin, ...overrides });

    expect(await verifyToken(await mint({}), options)).toMatchObject({ role: "user", dbId: null });
    const custom = await verifyToken(await mint({ claims: { role: "admin" } }), options);
    expect(custom).toMatchObject({ role: "admin" });
    expect(await verifyToken(await mint({ azp: null }), options)).not.toHaveProperty("azp");

    const issuedAt = Math.floor(Date.now() / 1000) - 3600;
    const reasons = [
      [{ azp: "https://evil.example" }, "token-invalid-authorized-parties"],
      [{ issuedAt }, "token-expired"],
      [{ key: "foreign" }, "token-invalid-signature"],
    ] as const;
    for (const [overrides, reason] of reasons) {
      await expect(verifyToken(await mint(overrides), options)).rejects.toMatchObject({ reason });
    }
  });

  it("report an invalid request", async () => {
    const { control } = await startClerk();
    await expect(control.getUser("user_none")).rejects.toThrow("resource_not_found");
    await expect(control.updateSettings({ webhooks: { secrets: ["short"] } })).rejects.toThrow(
      "422",
    );
    await expect(control.createUser({ emailAddresses: ["not-an-address"] })).rejects.toThrow("422");
  });

  it("reset the state and create the demo accounts again", async () => {
    const { control } = await startClerk();
    const user = await control.createUser({ emailAddresses: ["a@b.co"] });
    await control.createSession({ userId: user.id });
    await control.reset({ seed: true });
    await control.waitForIdle();
    expect(await control.listUsers()).toHaveLength(2);
    expect(await control.listWebhookMessages()).toHaveLength(2);
  });
});

describe("the app's environment", () => {
  it("contains values that the SDK and ClerkJS accept", async () => {
    const { origin, jwtKey } = await startClerk();
    const variables = localClerkEnvironment({ clerkOrigin: origin, appOrigin, jwtKey });
    z.record(z.string(), z.string().min(1)).parse(variables);
    expect(variables.CLERK_JWT_KEY).not.toContain("\n");
    expect(atob(localClerkKeys.publishableKey.slice("pk_test_".length))).toMatch(/\.dev\$$/);
    const script = await fetch(origin + variables.CLERK_JS?.replace("/__clerk", ""));
    expect(script.headers.get("content-type")).toContain("javascript");
    expect(script.headers.get("cache-control")).toContain("immutable");
    expect((await script.text()).length).toBeGreaterThan(100_000);
  });

  it("redirects the major version of ClerkJS to the exact one", async () => {
    const { origin, control } = await startClerk();
    const locationOf = async (file: string) => {
      const url = `${origin}/npm/@clerk/clerk-js@5/dist/${file}`;
      return (await fetch(url, { redirect: "manual" })).headers.get("location");
    };
    const exact = `/npm/@clerk/clerk-js@${clerkJsVersion}/dist/clerk.browser.js`;
    expect(await locationOf("clerk.browser.js")).toBe(exact);
    await control.updateSettings({ clerkJs: { redirect: "absolute" } });
    expect(await locationOf("clerk.browser.js")).toBe(origin + exact);
    expect(await locationOf("..%2f..%2fx.js")).toBeNull();
  });

  it("serves no files except ClerkJS", async () => {
    const { origin } = await startClerk();
    const folder = `${origin}/npm/@clerk/clerk-js@${clerkJsVersion}/dist`;
    for (const file of ["..%2fpackage.json", "missing.js", "%2e%2e%2fpackage.json", ".env"]) {
      expect((await fetch(`${folder}/${file}`)).status).toBe(404);
    }
  });
});
