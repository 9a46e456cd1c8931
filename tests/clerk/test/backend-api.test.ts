import { createClerkClient, verifyToken } from "@clerk/backend";
import { describe, expect, it } from "vitest";
import { localClerkKeys } from "../environment.ts";
import { openBrowser, startClerk } from "./support.ts";

describe("the Backend API, through @clerk/backend", () => {
  it("rejects a wrong secret key", async () => {
    const { origin } = await startClerk();
    const intruder = createClerkClient({ secretKey: "sk_test_wrong", apiUrl: `${origin}/bapi` });
    await expect(intruder.users.getUserList()).rejects.toMatchObject({
      status: 401,
      errors: [{ code: "clerk_key_invalid" }],
    });
  });

  it("creates, finds, updates and deletes a user", async () => {
    const { backend } = await startClerk();
    const user = await backend.users.createUser({
      emailAddress: ["Ada@Example.com"],
      password: "long enough",
      firstName: "Ada",
      publicMetadata: { role: "admin" },
    });
    expect(user.primaryEmailAddress?.emailAddress).toBe("ada@example.com");
    expect(user.primaryEmailAddress?.verification?.status).toBe("verified");

    const found = await backend.users.getUserList({ emailAddress: ["ADA@example.com"] });
    expect(found.data.map(({ id }) => id)).toEqual([user.id]);
    expect(found.totalCount).toBe(1);

    const renamed = await backend.users.updateUser(user.id, { lastName: "Lovelace" });
    expect(renamed.fullName).toBe("Ada Lovelace");
    expect(renamed.publicMetadata).toEqual({ role: "admin" });

    await expect(
      backend.users.verifyPassword({ userId: user.id, password: "long enough" }),
    ).resolves.toMatchObject({ verified: true });
    await expect(
      backend.users.verifyPassword({ userId: user.id, password: "something else" }),
    ).rejects.toMatchObject({ status: 422, errors: [{ code: "incorrect_password" }] });

    await expect(backend.users.deleteUser(user.id)).resolves.toMatchObject({ id: user.id });
    await expect(backend.users.getUser(user.id)).rejects.toMatchObject({
      status: 404,
      errors: [{ code: "resource_not_found" }],
    });
  });

  it("rejects a taken address and a short password", async () => {
    const { backend } = await startClerk();
    const password = "long enough";
    await backend.users.createUser({ emailAddress: ["ada@example.com"], password });
    await expect(
      backend.users.createUser({ emailAddress: ["ada@example.com"], password }),
    ).rejects.toMatchObject({ status: 422, errors: [{ code: "form_identifier_exists" }] });
    await expect(
      backend.users.createUser({ emailAddress: ["b@example.com"], password: "short" }),
    ).rejects.toMatchObject({ errors: [{ code: "form_password_length_too_short" }] });
  });

  it("deep-merges metadata, and null removes a key", async () => {
    const { backend } = await startClerk();
    const { id } = await backend.users.createUser({
      emailAddress: ["ada@example.com"],
      skipPasswordRequirement: true,
      publicMetadata: { role: "user", nested: { kept: 1, removed: 2 } },
    });
    const patch = { publicMetadata: { dbId: "42", nested: { removed: null, added: 3 } } };
    const merged = await backend.users.updateUserMetadata(id, patch);
    expect(merged.publicMetadata).toEqual({
      role: "user",
      dbId: "42",
      nested: { kept: 1, added: 3 },
    });
    const replaced = await backend.users.updateUser(id, { publicMetadata: { only: true } });
    expect(replaced.publicMetadata).toEqual({ only: true });
  });

  it("pages through users in either order without repeating or skipping one", async () => {
    const { backend } = await startClerk();
    for (const name of ["d", "a", "c", "e", "b"]) {
      await backend.users.createUser({
        emailAddress: [`${name}@example.com`],
        skipPasswordRequirement: true,
        firstName: name,
      });
    }
    const page = (orderBy: "+first_name" | "-first_name", offset: number) =>
      backend.users.getUserList({ orderBy, limit: 2, offset });
    const names = async (orderBy: "+first_name" | "-first_name") => {
      const pages = [await page(orderBy, 0), await page(orderBy, 2), await page(orderBy, 4)];
      return pages.flatMap(({ data }) => data.map(({ firstName }) => firstName)).join("");
    };
    expect(await names("+first_name")).toBe("abcde");
    expect(await names("-first_name")).toBe("edcba");
    expect((await backend.users.getUserList({ query: "C@EXAMPLE" })).data).toHaveLength(1);
    expect(await backend.users.getCount()).toBe(5);
    await expect(backend.users.getUserList({ limit: 501 })).rejects.toMatchObject({ status: 422 });
  });

  it("lists and revokes sessions, and issues no tokens for a revoked one", async () => {
    const { backend, control, origin } = await startClerk();
    const user = await control.createUser({ emailAddresses: ["a@b.co"], password: "long enough" });
    const browser = await openBrowser(origin);
    const session = await browser.signIn("a@b.co", "long enough");
    const active = await backend.sessions.getSessionList({ userId: user.id, status: "active" });
    expect(active).toMatchObject({ totalCount: 1, data: [{ id: session.id, userId: user.id }] });
    const again = await browser.send("POST", `/client/sessions/${session.id}/tokens`);
    expect(again.jwt).toMatch(/^ey/);

    const revoked = await backend.sessions.revokeSession(session.id);
    expect(revoked.status).toBe("revoked");
    const refresh = await browser.send("POST", `/client/sessions/${session.id}/tokens`);
    expect(refresh.status).toBe(401);
  });

  it("ends the sessions of a deleted or banned user and rejects sign-in of a banned one", async () => {
    const { backend, control, origin } = await startClerk();
    const user = await control.createUser({ emailAddresses: ["a@b.co"], password: "long enough" });
    const browser = await openBrowser(origin);
    const session = await browser.signIn("a@b.co", "long enough");
    await backend.users.banUser(user.id);
    const refresh = await browser.send("POST", `/client/sessions/${session.id}/tokens`);
    expect(refresh.status).toBe(401);
    await expect(browser.signIn("a@b.co", "long enough")).rejects.toThrow("user_banned");
    await backend.users.unbanUser(user.id);
    await browser.signIn("a@b.co", "long enough");
    await backend.users.deleteUser(user.id);
    const { client } = await browser.sendOk("GET", "/client");
    expect(client?.sessions ?? []).toEqual([]);
  });

  it("rejects sign-in of a locked user, whose sessions keep working", async () => {
    const { backend, control, origin } = await startClerk();
    const user = await control.createUser({ emailAddresses: ["a@b.co"], password: "long enough" });
    const browser = await openBrowser(origin);
    const session = await browser.signIn("a@b.co", "long enough");
    expect(await backend.users.lockUser(user.id)).toMatchObject({ locked: true });
    const refresh = await browser.send("POST", `/client/sessions/${session.id}/tokens`);
    expect(refresh.jwt).toMatch(/^ey/);
    const another = await openBrowser(origin);
    await expect(another.signIn("a@b.co", "long enough")).rejects.toThrow("user_locked");
    expect(await backend.users.unlockUser(user.id)).toMatchObject({ locked: false });
    await another.signIn("a@b.co", "long enough");
  });

  it("bans and unbans several users, or none", async () => {
    const { control, origin } = await startClerk();
    const users = [
      await control.createUser({ emailAddresses: ["a@b.co"] }),
      await control.createUser({ emailAddresses: ["c@d.co"] }),
    ];
    const send = (action: "ban" | "unban", ids: string[]) =>
      fetch(`${origin}/bapi/v1/users/${action}`, {
        method: "POST",
        headers: {
          Authorization: `Bearer ${localClerkKeys.secretKey}`,
          "Content-Type": "application/json",
        },
        body: JSON.stringify({ user_ids: ids }),
      });
    const banned = async () => (await control.listUsers()).map((user) => user.banned);
    const ids = users.map(({ id }) => id);
    expect((await send("ban", [...ids, "user_none"])).status).toBe(404);
    expect(await banned()).toEqual([false, false]);
    expect((await send("ban", ids)).status).toBe(200);
    expect(await banned()).toEqual([true, true]);
    expect((await send("unban", ids)).status).toBe(200);
    expect(await banned()).toEqual([false, false]);
    expect((await send("ban", [])).status).toBe(422);
  });

  it("publishes the key that signs session tokens", async () => {
    const { backend, control, jwtKey, origin } = await startClerk();
    const user = await control.createUser({ emailAddresses: ["a@b.co"] });
    const { token, sessionId } = await control.createSession({ userId: user.id });
    const claims = await verifyToken(token, { jwtKey });
    expect(claims).toMatchObject({ sub: user.id, sid: sessionId, v: 2, sts: "active" });
    const { keys } = await backend.jwks.getJwks();
    expect(keys).toHaveLength(1);
    const viaJwks = await verifyToken(token, {
      secretKey: "sk_test_local_clerk_not_a_secret",
      apiUrl: `${origin}/bapi`,
      skipJwksCache: true,
    });
    expect(viaJwks.sub).toBe(user.id);
  });

  it("signs a user in with a sign-in token only once", async () => {
    const { backend, control, origin } = await startClerk();
    const user = await control.createUser({ emailAddresses: ["a@b.co"] });
    const ticket = await backend.signInTokens.createSignInToken({
      userId: user.id,
      expiresInSeconds: 60,
    });
    const form = { strategy: "ticket", ticket: ticket.token };
    const first = await openBrowser(origin);
    const { client } = await first.sendOk("POST", "/client/sign_ins", form);
    expect(client?.sessions[0]?.user.id).toBe(user.id);
    const second = await openBrowser(origin);
    expect(await second.send("POST", "/client/sign_ins", form)).toMatchObject({
      status: 400,
      errors: [{ code: "sign_in_token_already_used_code" }],
    });
  });
});
