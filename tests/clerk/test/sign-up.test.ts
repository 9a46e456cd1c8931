import { describe, expect, it } from "vitest";
import { openBrowser, startClerk } from "./support.ts";

const form = {
  email_address: "new@example.com",
  password: "long enough",
  first_name: "New",
  last_name: "Person",
};

async function startSignUp(clerk: Awaited<ReturnType<typeof startClerk>>) {
  const browser = await openBrowser(clerk.origin);
  const { id, resource } = await browser.sendOk("POST", "/client/sign_ups", form);
  return { browser, id, resource, path: `/client/sign_ups/${id}` };
}

describe("signing up", () => {
  it("completes immediately if no code is required", async () => {
    const clerk = await startClerk();
    await clerk.control.updateSettings({ signUp: { verifyEmailCode: false } });
    const browser = await openBrowser(clerk.origin);
    const { resource, client } = await browser.sendOk("POST", "/client/sign_ups", form);
    expect(resource).toMatchObject({ status: "complete", unverified_fields: [] });
    expect(client?.sessions[0]).toMatchObject({
      id: resource.created_session_id,
      status: "active",
      user: { id: resource.created_user_id, first_name: "New", last_name: "Person" },
    });
  });

  it.each([
    ["the code from the email", undefined],
    ["424242", "424242"],
  ])("requires a code and accepts %s", async (_name, universalCode) => {
    const clerk = await startClerk();
    const { browser, path, resource } = await startSignUp(clerk);
    expect(resource).toMatchObject({
      status: "missing_requirements",
      unverified_fields: ["email_address"],
      verifications: { email_address: { next_action: "needs_prepare" } },
    });
    expect(await clerk.control.listUsers()).toEqual([]);
    await browser.sendOk("POST", `${path}/prepare_verification`, { strategy: "email_code" });
    const [sent] = await clerk.control.listEmails({ to: form.email_address });
    const code = universalCode ?? sent?.code ?? "";
    const attempt = { strategy: "email_code", code };
    const { resource: done } = await browser.sendOk(
      "POST",
      `${path}/attempt_verification`,
      attempt,
    );
    expect(done).toMatchObject({ status: "complete", unverified_fields: [] });
    expect(await clerk.control.listUsers()).toMatchObject([{ id: done.created_user_id }]);
  });

  it("rejects every code after three wrong ones", async () => {
    const clerk = await startClerk();
    const { browser, path } = await startSignUp(clerk);
    await browser.sendOk("POST", `${path}/prepare_verification`, { strategy: "email_code" });
    const attempt = (code: string) =>
      browser.send("POST", `${path}/attempt_verification`, { strategy: "email_code", code });
    for (let count = 0; count < 3; count += 1) {
      expect(await attempt("wrong")).toMatchObject({
        status: 422,
        errors: [{ code: "form_code_incorrect", meta: { param_name: "code" } }],
      });
    }
    expect((await attempt("424242")).errors?.[0]?.code).toBe("verification_failed");
  });

  it("rejects a code after ten minutes", async () => {
    let now = Date.now();
    const clerk = await startClerk({ clock: { now: () => now } });
    const { browser, path } = await startSignUp(clerk);
    await browser.sendOk("POST", `${path}/prepare_verification`, { strategy: "email_code" });
    now += 10 * 60 * 1000;
    const late = { strategy: "email_code", code: "424242" };
    const response = await browser.send("POST", `${path}/attempt_verification`, late);
    expect(response.errors?.[0]?.code).toBe("verification_expired");
  });

  it.each([
    ["email_address", "not-an-address", "form_param_format_invalid"],
    ["password", "short", "form_password_length_too_short"],
    ["email_address", "TAKEN@example.com", "form_identifier_exists"],
  ])("reports an invalid %s (%s) at its field", async (field, value, code) => {
    const clerk = await startClerk();
    await clerk.control.createUser({ emailAddresses: ["taken@example.com"] });
    const browser = await openBrowser(clerk.origin);
    const response = await browser.send("POST", "/client/sign_ups", { ...form, [field]: value });
    expect(response).toMatchObject({
      status: 422,
      errors: [{ code, meta: { param_name: field } }],
    });
  });

  it("allows changing the address, which then requires verification", async () => {
    const clerk = await startClerk();
    const { browser, path } = await startSignUp(clerk);
    await browser.sendOk("POST", `${path}/prepare_verification`, { strategy: "email_code" });
    const patch = { email_address: "other@example.com" };
    const { resource } = await browser.sendOk("PATCH", path, patch);
    expect(resource).toMatchObject({
      email_address: "other@example.com",
      verifications: { email_address: { next_action: "needs_prepare" } },
    });
  });

  it("rejects another browser", async () => {
    const clerk = await startClerk();
    const { path } = await startSignUp(clerk);
    const otherBrowser = await openBrowser(clerk.origin);
    expect((await otherBrowser.send("GET", path)).status).toBe(404);
  });
});
