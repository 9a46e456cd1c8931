import { describe, expect, it } from "vitest";
import { z } from "zod";
import { openBrowser, startClerk } from "./support.ts";

const email = "ada@example.com";
const password = "long enough";

async function signedIn() {
  const clerk = await startClerk();
  const { id: userId } = await clerk.control.createUser({ emailAddresses: [email], password });
  const browser = await openBrowser(clerk.origin);
  const session = await browser.signIn(email, password);
  return { clerk, browser, session, userId };
}

describe("the own account", () => {
  it("changes names, and empties them", async () => {
    const { browser } = await signedIn();
    const named = { first_name: "Ada", last_name: "Lovelace" };
    expect((await browser.ask("PATCH", "/me", named)).resource).toMatchObject(named);
    const { resource } = await browser.ask("PATCH", "/me", { last_name: "" });
    expect(resource).toMatchObject({ first_name: "Ada", last_name: null });
  });

  it("never shows private metadata", async () => {
    const { browser, clerk, userId } = await signedIn();
    await clerk.control.updateUser(userId, { privateMetadata: { secret: 1 } });
    const { resource, client } = await browser.ask("GET", "/me");
    expect(JSON.stringify([resource, client])).not.toContain("secret");
  });

  it("adds an address, verifies it, makes it primary and drops the old one", async () => {
    const { browser, clerk } = await signedIn();
    const added = await browser.ask("POST", "/me/email_addresses/", { email_address: "b@b.co" });
    expect(added.resource).toMatchObject({ email_address: "b@b.co", verification: null });
    const early = { primary_email_address_id: added.id };
    expect((await browser.send("PATCH", "/me", early)).status).toBe(422);

    const path = `/me/email_addresses/${added.id}`;
    await browser.ask("POST", `${path}/prepare_verification`, { strategy: "email_code" });
    const [mail] = await clerk.control.listEmails({ to: "b@b.co" });
    const code = { code: mail?.code ?? "" };
    const { resource } = await browser.ask("POST", `${path}/attempt_verification`, code);
    expect(resource).toMatchObject({ verification: { status: "verified" } });

    const { resource: me } = await browser.ask("PATCH", "/me", early);
    expect(me.primary_email_address_id).toBe(added.id);
    const [user] = await clerk.control.listUsers();
    const old = user?.email_addresses.find(({ email_address }) => email_address === email);
    await browser.ask("DELETE", `/me/email_addresses/${old?.id}`);
    expect(await clerk.control.listUsers({ emailAddress: email })).toEqual([]);
    expect(await clerk.control.listUsers({ emailAddress: "b@b.co" })).toHaveLength(1);
  });

  it("refuses an address that another person has verified, at either step", async () => {
    const { browser, clerk } = await signedIn();
    const form = { email_address: "late@b.co" };
    const { id } = await browser.ask("POST", "/me/email_addresses", form);
    const path = `/me/email_addresses/${id}`;
    await browser.ask("POST", `${path}/prepare_verification`, { strategy: "email_code" });
    await clerk.control.createUser({ emailAddresses: ["late@b.co"] });
    const attempt = await browser.send("POST", `${path}/attempt_verification`, { code: "424242" });
    expect(attempt.errors?.[0]?.code).toBe("form_identifier_exists");
    const again = await browser.send("POST", "/me/email_addresses", form);
    expect(again.errors?.[0]).toMatchObject({ meta: { param_name: "email_address" } });
  });

  it("changes the password with the old one, and signs out elsewhere", async () => {
    const { browser, clerk } = await signedIn();
    const elsewhere = await openBrowser(clerk.origin);
    const other = await elsewhere.signIn(email, password);
    const form = { new_password: "much longer", sign_out_of_other_sessions: "true" };
    const wrong = { ...form, current_password: "wrong" };
    expect(await browser.send("POST", "/me/change_password", wrong)).toMatchObject({
      status: 422,
      errors: [{ code: "form_password_incorrect", meta: { param_name: "current_password" } }],
    });
    await browser.ask("POST", "/me/change_password", { ...form, current_password: password });
    const refresh = await elsewhere.send("POST", `/client/sessions/${other.id}/tokens`);
    expect(refresh.status).toBe(401);
    expect((await browser.send("GET", "/me")).status).toBe(200);
    await elsewhere.signIn(email, "much longer");
  });

  it("lists its sessions and revokes another, but not a stranger's", async () => {
    const { browser, clerk } = await signedIn();
    const elsewhere = await openBrowser(clerk.origin);
    const other = await elsewhere.signIn(email, password);
    const active = await (await browser.raw("GET", "/me/sessions/active")).json();
    const listed = z.array(z.looseObject({ id: z.string() })).parse(active);
    expect(listed).toHaveLength(2);
    expect(listed[1]).toMatchObject({ id: other.id, latest_activity: { is_mobile: false } });
    await browser.ask("POST", `/me/sessions/${other.id}/revoke`);
    const refresh = await elsewhere.send("POST", `/client/sessions/${other.id}/tokens`);
    expect(refresh.status).toBe(401);

    const stranger = await clerk.control.createUser({ emailAddresses: ["s@b.co"] });
    const { sessionId } = await clerk.control.createSession({ userId: stranger.id });
    expect((await browser.send("POST", `/me/sessions/${sessionId}/revoke`)).status).toBe(404);
  });

  it("deletes itself and is signed out everywhere", async () => {
    const { browser, clerk, userId } = await signedIn();
    const elsewhere = await openBrowser(clerk.origin);
    await elsewhere.signIn(email, password);
    const { resource, client } = await browser.ask("DELETE", "/me");
    expect(resource).toMatchObject({ id: userId, deleted: true });
    expect(client?.sessions).toEqual([]);
    expect((await elsewhere.send("GET", "/me")).status).toBe(401);
    expect(await clerk.control.listUsers()).toEqual([]);
  });

  it("answers only the browser that holds the session", async () => {
    const { clerk, session } = await signedIn();
    const stranger = await openBrowser(clerk.origin);
    const refresh = await stranger.send("POST", `/client/sessions/${session.id}/tokens`);
    expect(refresh.status).toBe(401);
  });
});
