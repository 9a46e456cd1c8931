import { describe, expect, it } from "vitest";
import { openBrowser, startClerk } from "./support.ts";

const email = "ada@example.com";
const password = "long enough";

async function startWithAccount() {
  const clerk = await startClerk();
  const user = await clerk.control.createUser({ emailAddresses: [email], password });
  const browser = await openBrowser(clerk.origin);
  return { clerk, user, browser };
}

describe("signing in", () => {
  it("accepts a password, with the address in any case", async () => {
    const { browser, user } = await startWithAccount();
    const session = await browser.signIn("ADA@example.com", password);
    expect(session.user.id).toBe(user.id);
  });

  it("reports a wrong password or an unknown account at its field", async () => {
    const { browser } = await startWithAccount();
    const unknown = await browser.send("POST", "/client/sign_ins", { identifier: "x@example.com" });
    expect(unknown).toMatchObject({
      status: 422,
      errors: [{ code: "form_identifier_not_found", meta: { param_name: "identifier" } }],
    });
    const { id } = await browser.sendOk("POST", "/client/sign_ins", { identifier: email });
    const wrong = { strategy: "password", password: "wrong password" };
    const path = `/client/sign_ins/${id}/attempt_first_factor`;
    expect(await browser.send("POST", path, wrong)).toMatchObject({
      status: 422,
      errors: [{ code: "form_password_incorrect", meta: { param_name: "password" } }],
    });
  });

  it("accepts a code sent to the address", async () => {
    const { browser, clerk, user } = await startWithAccount();
    const { id, resource } = await browser.sendOk("POST", "/client/sign_ins", {
      identifier: email,
    });
    expect(resource.supported_first_factors).toMatchObject([
      { strategy: "password" },
      { strategy: "email_code", email_address_id: user.primary_email_address_id },
      { strategy: "reset_password_email_code" },
    ]);
    const path = `/client/sign_ins/${id}`;
    const strategy = "email_code";
    await browser.sendOk("POST", `${path}/prepare_first_factor`, { strategy });
    const [sent] = await clerk.control.listEmails({ to: email });
    const attempt = { strategy, code: sent?.code ?? "" };
    const { client } = await browser.sendOk("POST", `${path}/attempt_first_factor`, attempt);
    expect(client?.sessions).toHaveLength(1);
  });

  it("resets a forgotten password and ends other sessions", async () => {
    const { browser, clerk } = await startWithAccount();
    const otherBrowser = await openBrowser(clerk.origin);
    const other = await otherBrowser.signIn(email, password);
    const { id } = await browser.sendOk("POST", "/client/sign_ins", { identifier: email });
    const path = `/client/sign_ins/${id}`;
    const strategy = "reset_password_email_code";
    const early = await browser.send("POST", `${path}/reset_password`, {
      password: "new password",
    });
    expect(early.status).toBe(400);
    await browser.sendOk("POST", `${path}/prepare_first_factor`, { strategy });
    const code = { strategy, code: "424242" };
    const { resource } = await browser.sendOk("POST", `${path}/attempt_first_factor`, code);
    expect(resource.status).toBe("needs_new_password");
    const reset = { password: "new password", sign_out_of_other_sessions: "true" };
    const { resource: done } = await browser.sendOk("POST", `${path}/reset_password`, reset);
    expect(done.status).toBe("complete");
    const refresh = await otherBrowser.send("POST", `/client/sessions/${other.id}/tokens`);
    expect(refresh.status).toBe(401);
    await expect(otherBrowser.signIn(email, password)).rejects.toThrow("form_password_incorrect");
    await otherBrowser.signIn(email, "new password");
  });

  it("allows one session per browser", async () => {
    const { browser } = await startWithAccount();
    await browser.signIn(email, password);
    await expect(browser.signIn(email, password)).rejects.toThrow("session_exists");
  });

  it("signs out, and changes the client's revision only on sign-in and sign-out", async () => {
    const { browser } = await startWithAccount();
    const session = await browser.signIn(email, password);
    const before = await browser.sendOk("POST", `/client/sessions/${session.id}/touch`);
    const renamed = await browser.sendOk("PATCH", "/me", { first_name: "Ada" });
    expect(renamed.client?.updated_at).toBe(before.client?.updated_at);
    const { resource } = await browser.sendOk("DELETE", "/client/sessions");
    expect(resource.sessions).toEqual([]);
    expect(resource.updated_at).toBeGreaterThan(before.client?.updated_at ?? 0);
    expect((await browser.send("PATCH", "/me", { first_name: "X" })).status).toBe(401);
  });

  it("makes an unknown browser register again", async () => {
    const { browser, clerk } = await startWithAccount();
    await clerk.control.reset();
    const response = await browser.send("GET", "/client");
    expect(response).toMatchObject({
      status: 401,
      errors: [{ code: "dev_browser_unauthenticated" }],
    });
  });

  it("expires a session after seven days", async () => {
    let now = Date.now();
    const clerk = await startClerk({ clock: { now: () => now } });
    await clerk.control.createUser({ emailAddresses: [email], password });
    const browser = await openBrowser(clerk.origin);
    const session = await browser.signIn(email, password);
    now += 7 * 24 * 60 * 60 * 1000;
    const refresh = await browser.send("POST", `/client/sessions/${session.id}/tokens`);
    expect(refresh.status).toBe(401);
  });

  it.each(["needs_client_trust", "needs_second_factor"] as const)(
    "asks a new browser for a code if Device Trust answers %s",
    async (deviceTrust) => {
      const { browser, clerk } = await startWithAccount();
      await clerk.control.updateSettings({ signIn: { deviceTrust } });
      const form = { identifier: email, password };
      const { resource, id } = await browser.sendOk("POST", "/client/sign_ins", form);
      expect(resource).toMatchObject({
        status: deviceTrust,
        client_trust_state: "new",
        supported_second_factors: [{ strategy: "email_code", safe_identifier: email }],
        created_session_id: null,
      });
      const path = `/client/sign_ins/${id}`;
      const strategy = { strategy: "email_code" };
      await browser.sendOk("POST", `${path}/prepare_second_factor`, strategy);
      const [{ code } = { code: null }] = await clerk.control.listEmails({ to: email });
      const wrong = { ...strategy, code: code === "000000" ? "111111" : "000000" };
      const refused = await browser.send("POST", `${path}/attempt_second_factor`, wrong);
      expect(refused.errors).toMatchObject([{ code: "form_code_incorrect" }]);
      const right = { ...strategy, code: code ?? "" };
      const done = await browser.sendOk("POST", `${path}/attempt_second_factor`, right);
      expect(done.resource.status).toBe("complete");
      // From now on, the browser is known.
      await browser.sendOk("DELETE", "/client/sessions");
      await browser.signIn(email, password);
    },
  );

  it("never asks for Device Trust unless it is turned on, or after a code", async () => {
    const { browser, clerk } = await startWithAccount();
    expect((await clerk.control.getSettings()).signIn.deviceTrust).toBe("off");
    await clerk.control.updateSettings({ signIn: { deviceTrust: "needs_client_trust" } });
    const { id } = await browser.sendOk("POST", "/client/sign_ins", { identifier: email });
    const form = { strategy: "email_code" };
    await browser.sendOk("POST", `/client/sign_ins/${id}/prepare_first_factor`, form);
    const code = { ...form, code: "424242" };
    const done = await browser.sendOk("POST", `/client/sign_ins/${id}/attempt_first_factor`, code);
    expect(done.resource.status).toBe("complete");
  });
});
