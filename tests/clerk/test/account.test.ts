import { describe, expect, it } from "vitest";
import { z } from "zod";
import { openBrowser, startClerk } from "./support.ts";

const email = "ada@example.com";
const password = "long enough";

async function startSignedIn() {
  const clerk = await startClerk();
  const { id: userId } = await clerk.control.createUser({ emailAddresses: [email], password });
  const browser = await openBrowser(clerk.origin);
  const session = await browser.signIn(email, password);
  return { clerk, browser, session, userId };
}

describe("the user's own account", () => {
  it("changes and clears names", async () => {
    const { browser } = await startSignedIn();
    const named = { first_name: "Ada", last_name: "Lovelace" };
    expect((await browser.sendOk("PATCH", "/me", named)).resource).toMatchObject(named);
    const { resource } = await browser.sendOk("PATCH", "/me", { last_name: "" });
    expect(resource).toMatchObject({ first_name: "Ada", last_name: null });
  });

  it("never shows private metadata", async () => {
    const { browser, clerk, userId } = await startSignedIn();
    await clerk.control.updateUser(userId, { privateMetadata: { secret: 1 } });
    const { resource, client } = await browser.sendOk("GET", "/me");
    expect(JSON.stringify([resource, client])).not.toContain("secret");
  });

  it("adds an address, verifies it, makes it primary and removes the old one", async () => {
    const { browser, clerk } = await startSignedIn();
    const added = await browser.sendOk("POST", "/me/email_addresses/", { email_address: "b@b.co" });
    expect(added.resource).toMatchObject({ email_address: "b@b.co", verification: null });
    const primary = { primary_email_address_id: added.id };
    expect((await browser.send("PATCH", "/me", primary)).status).toBe(422);

    const path = `/me/email_addresses/${added.id}`;
    await browser.sendOk("POST", `${path}/prepare_verification`, { strategy: "email_code" });
    const [sent] = await clerk.control.listEmails({ to: "b@b.co" });
    const code = { code: sent?.code ?? "" };
    const { resource } = await browser.sendOk("POST", `${path}/attempt_verification`, code);
    expect(resource).toMatchObject({ verification: { status: "verified" } });

    const { resource: me } = await browser.sendOk("PATCH", "/me", primary);
    expect(me.primary_email_address_id).toBe(added.id);
    const [user] = await clerk.control.listUsers();
    const old = user?.email_addresses.find(({ email_address }) => email_address === email);
    await browser.sendOk("DELETE", `/me/email_addresses/${old?.id}`);
    expect(await clerk.control.listUsers({ emailAddress: email })).toEqual([]);
    expect(await clerk.control.listUsers({ emailAddress: "b@b.co" })).toHaveLength(1);
  });

  it("rejects an address that another user has verified, both when adding and when verifying", async () => {
    const { browser, clerk } = await startSignedIn();
    const form = { email_address: "late@b.co" };
    const { id } = await browser.sendOk("POST", "/me/email_addresses", form);
    const path = `/me/email_addresses/${id}`;
    await browser.sendOk("POST", `${path}/prepare_verification`, { strategy: "email_code" });
    await clerk.control.createUser({ emailAddresses: ["late@b.co"] });
    const attempt = await browser.send("POST", `${path}/attempt_verification`, { code: "424242" });
    expect(attempt.errors?.[0]?.code).toBe("form_identifier_exists");
    const again = await browser.send("POST", "/me/email_addresses", form);
    expect(again.errors?.[0]).toMatchObject({ meta: { param_name: "email_address" } });
  });

  it("requires the current password to change it, and can sign out other sessions", async () => {
    const { browser, clerk } = await startSignedIn();
    const otherBrowser = await openBrowser(clerk.origin);
    const other = await otherBrowser.signIn(email, password);
    const form = { new_password: "much longer", sign_out_of_other_sessions: "true" };
    const wrong = { ...form, current_password: "wrong" };
    expect(await browser.send("POST", "/me/change_password", wrong)).toMatchObject({
      status: 422,
      errors: [{ code: "form_password_incorrect", meta: { param_name: "current_password" } }],
    });
    await browser.sendOk("POST", "/me/change_password", { ...form, current_password: password });
    const refresh = await otherBrowser.send("POST", `/client/sessions/${other.id}/tokens`);
    expect(refresh.status).toBe(401);
    expect((await browser.send("GET", "/me")).status).toBe(200);
    await otherBrowser.signIn(email, "much longer");
  });

  it("lists and revokes the user's own sessions only", async () => {
    const { browser, clerk } = await startSignedIn();
    const otherBrowser = await openBrowser(clerk.origin);
    const other = await otherBrowser.signIn(email, password);
    const active = await (await browser.raw("GET", "/me/sessions/active")).json();
    const listed = z.array(z.looseObject({ id: z.string() })).parse(active);
    expect(listed).toHaveLength(2);
    expect(listed[1]).toMatchObject({ id: other.id, latest_activity: { is_mobile: false } });
    await browser.sendOk("POST", `/me/sessions/${other.id}/revoke`);
    const refresh = await otherBrowser.send("POST", `/client/sessions/${other.id}/tokens`);
    expect(refresh.status).toBe(401);

    const otherUser = await clerk.control.createUser({ emailAddresses: ["s@b.co"] });
    const { sessionId } = await clerk.control.createSession({ userId: otherUser.id });
    expect((await browser.send("POST", `/me/sessions/${sessionId}/revoke`)).status).toBe(404);
  });

  it("deletes the account and signs out everywhere", async () => {
    const { browser, clerk, userId } = await startSignedIn();
    const otherBrowser = await openBrowser(clerk.origin);
    await otherBrowser.signIn(email, password);
    const { resource, client } = await browser.sendOk("DELETE", "/me");
    expect(resource).toMatchObject({ id: userId, deleted: true });
    expect(client?.sessions).toEqual([]);
    expect((await otherBrowser.send("GET", "/me")).status).toBe(401);
    expect(await clerk.control.listUsers()).toEqual([]);
  });

  it("issues tokens only to the browser of the session", async () => {
    const { clerk, session } = await startSignedIn();
    const otherBrowser = await openBrowser(clerk.origin);
    const refresh = await otherBrowser.send("POST", `/client/sessions/${session.id}/tokens`);
    expect(refresh.status).toBe(401);
  });
});
