import { describe, expect, it } from "vitest";
import { z } from "zod";
import { localClerkKeys } from "../environment.ts";
import { openBrowser, startClerk } from "./support.ts";

const email = "ada@example.com";
const password = "long enough";
const errorSchema = z.object({ errors: z.array(z.object({ code: z.string() })) });
const codeOf = async (response: Response) =>
  `${response.status} ${errorSchema.parse(await response.json()).errors[0]?.code}`;

async function start() {
  const clerk = await startClerk();
  const user = await clerk.control.createUser({ emailAddresses: [email], password });
  const browser = await openBrowser(clerk.origin);

  function requestBackend(method: string, path: string, body: BodyInit, contentType: string) {
    const authorization = `Bearer ${localClerkKeys.secretKey}`;
    const headers = { authorization, "content-type": contentType };
    return fetch(`${clerk.origin}/bapi/v1${path}`, { method, headers, body });
  }

  return {
    clerk,
    user,
    browser,
    requestBackend,
    /** The status and code of an error response of the Frontend API. */
    refused: async (method: string, path: string, form?: Record<string, string>) =>
      codeOf(await browser.raw(method, path, form)),
    refusedByBackend: async (method: string, path: string, body: object) =>
      codeOf(await requestBackend(method, path, JSON.stringify(body), "application/json")),
  };
}

describe("what Clerk refuses", () => {
  it("deleting an account whose user may not delete it", async () => {
    const { browser, clerk, refused, user } = await start();
    await browser.signIn(email, password);
    await clerk.backend.users.updateUser(user.id, { deleteSelfEnabled: false });
    expect(await refused("DELETE", "/me")).toBe("403 user_delete_self_not_enabled");
    expect(await clerk.control.listUsers()).toHaveLength(1);
  });

  it.each([
    ["email_code", "reset_password_email_code"],
    ["reset_password_email_code", "email_code"],
  ])("a code prepared for %s and attempted by %s", async (prepared, attempted) => {
    const { browser, refused } = await start();
    const { id } = await browser.sendOk("POST", "/client/sign_ins", { identifier: email });
    const path = `/client/sign_ins/${id}`;
    await browser.sendOk("POST", `${path}/prepare_first_factor`, { strategy: prepared });
    const code = { strategy: attempted, code: "424242" };
    const answer = await refused("POST", `${path}/attempt_first_factor`, code);
    expect(answer).toBe("400 verification_strategy_invalid");
  });

  it("signing up by an invitation whose address has an account", async () => {
    const { clerk, refused } = await start();
    const { url = "" } = await clerk.backend.invitations.createInvitation({
      emailAddress: email,
      ignoreExisting: true,
    });
    const ticket = new URL(url, clerk.origin).searchParams.get("__clerk_ticket") ?? "";
    const form = { strategy: "ticket", ticket, password };
    expect(await refused("POST", "/client/sign_ups", form)).toBe("400 invitation_account_exists");
  });

  it.each([
    ["a b!@", "form_username_invalid_character"],
    ["ada", "form_username_invalid_length"],
    ["12345", "form_username_needs_non_number_char"],
  ])("the username %s", async (username, code) => {
    const { refusedByBackend, user } = await start();
    const person = { email_address: ["new@example.com"], password, username };
    expect(await refusedByBackend("POST", "/users", person)).toBe(`422 ${code}`);
    expect(await refusedByBackend("PATCH", `/users/${user.id}`, { username })).toBe(`422 ${code}`);
  });

  it("a password that is an identifier of the user", async () => {
    const { browser, refused, refusedByBackend, user } = await start();
    const code = "422 form_password_matches_identifier";
    const fresh = "New@example.com";
    const signUp = { email_address: fresh, password: fresh };
    expect(await refused("POST", "/client/sign_ups", signUp)).toBe(code);
    const person = { email_address: [fresh], password: fresh };
    expect(await refusedByBackend("POST", "/users", person)).toBe(code);
    const change = { username: "countess", password: "countess" };
    expect(await refusedByBackend("PATCH", `/users/${user.id}`, change)).toBe(code);
    await browser.signIn(email, password);
    const own = { current_password: password, new_password: email };
    expect(await refused("POST", "/me/change_password", own)).toBe(code);
  });

  it("deleting the last verified address, though an unverified one remains", async () => {
    const { browser, refused, refusedByBackend, user } = await start();
    await browser.signIn(email, password);
    const added = await browser.sendOk("POST", "/me/email_addresses", { email_address: "b@b.co" });
    const id = user.primary_email_address_id;
    const code = "400 last_required_identification_deletion_failed";
    expect(await refused("DELETE", `/me/email_addresses/${id}`)).toBe(code);
    expect(await refusedByBackend("DELETE", `/email_addresses/${id}`, {})).toBe(code);
    await browser.sendOk("DELETE", `/me/email_addresses/${added.id}`);
  });

  it("deleting the last verified phone number, though an unverified address remains", async () => {
    const { clerk, refusedByBackend } = await start();
    const { users, emailAddresses } = clerk.backend;
    const person = { phoneNumber: ["+15555550100"], password };
    const { id: userId, primaryPhoneNumberId } = await users.createUser(person);
    const address = { userId, emailAddress: "b@b.co", verified: false };
    const { id: emailId } = await emailAddresses.createEmailAddress(address);
    const path = `/phone_numbers/${primaryPhoneNumberId}`;
    const code = "400 last_required_identification_deletion_failed";
    expect(await refusedByBackend("DELETE", path, {})).toBe(code);
    await emailAddresses.updateEmailAddress(emailId, { verified: true });
    await clerk.backend.phoneNumbers.deletePhoneNumber(primaryPhoneNumberId ?? "");
  });
});

describe("parameters", () => {
  const other = { identifier: email, password };

  it.each([
    [{ ...other, strategy: "email_code" }, "form_conditional_param_disallowed"],
    [{ ...other, strategy: "ticket", ticket: "x" }, "form_conditional_param_disallowed"],
    [{ ...other, strategy: "password", ticket: "x" }, "form_conditional_param_disallowed"],
    [{ ticket: "x" }, "form_conditional_param_missing"],
    [{ strategy: "ticket" }, "form_conditional_param_missing"],
    [{ strategy: "password", identifier: email }, "form_conditional_param_missing"],
    [{ strategy: "password", password }, "form_conditional_param_missing"],
    [{ strategy: "email_code" }, "form_conditional_param_missing"],
  ])("of a sign-in: refuses %j", async (form: Record<string, string>, code) => {
    const { refused } = await start();
    expect(await refused("POST", "/client/sign_ins", form)).toBe(`422 ${code}`);
  });

  it.each<Record<string, string>>([{ ticket: "x" }, { strategy: "ticket" }])(
    "of a sign-up: refuses %j",
    async (form) => {
      const { refused } = await start();
      const code = "422 form_conditional_param_missing";
      expect(await refused("POST", "/client/sign_ups", form)).toBe(code);
    },
  );

  it("are refused in another content type", async () => {
    const { browser, clerk, requestBackend } = await start();
    const refused = "415 unsupported_content_type";
    const person = JSON.stringify({ email_address: ["new@example.com"], password });
    for (const [body, contentType] of [
      [person, "text/plain"],
      ["first_name=Ada", "application/x-www-form-urlencoded"],
    ] as const) {
      expect(await codeOf(await requestBackend("POST", "/users", body, contentType))).toBe(refused);
    }
    const utf8 = await requestBackend("POST", "/users", person, "application/json; charset=utf-8");
    expect(utf8.status).toBe(200);
    await browser.signIn(email, password);
    for (const path of ["/client/sign_ins", "/me"]) {
      const url = new URL(`${clerk.origin}/v1${path}`);
      url.searchParams.set("__clerk_db_jwt", browser.devBrowserId);
      if (path === "/me") url.searchParams.set("_method", "PATCH");
      const headers = { "content-type": "application/json" };
      const body = JSON.stringify({ first_name: "Ada" });
      expect(await codeOf(await fetch(url, { method: "POST", headers, body })), path).toBe(refused);
    }
  });
});
