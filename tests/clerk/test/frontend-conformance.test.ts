import { describe, expect, it } from "vitest";
import { z } from "zod";
import { frontendApi } from "../frontend-api/routes.ts";
import { totpCode } from "../tokens/one-time-password.ts";
import { createChecker } from "./conformance/checked-calls.ts";
import { frontendOperations } from "./conformance/frontend-operations.ts";
import { png } from "./conformance/png.ts";
import { servedRoutes } from "./conformance/served-routes.ts";
import { appOrigin, openBrowser, startClerk } from "./support.ts";

const answerSchema = z.looseObject({
  response: z
    .looseObject({
      id: z.string().default(""),
      status: z.string().optional(),
      created_session_id: z.string().nullish(),
      secret: z.string().nullish(),
      codes: z.array(z.string()).optional(),
    })
    .nullish(),
  errors: z.array(z.object({ code: z.string() })).optional(),
});

const password = "long enough";
const rightCode = { strategy: "email_code", code: "424242" };

async function start() {
  const clerk = await startClerk();
  await clerk.control.updateSettings({ signIn: { authenticatorApp: true } });
  const checker = createChecker(frontendOperations);

  /** A browser whose answers are checked against Clerk's document. */
  async function open() {
    const browser = await openBrowser(clerk.origin);
    async function call(method: string, path: string, form: Record<string, string> = {}) {
      const response = await browser.raw(method, path, form);
      const json: unknown = await response.json();
      checker.check(`${method} ${path}`, response.status, json);
      const answer = answerSchema.safeParse(json);
      const { response: resource, errors } = answer.success ? answer.data : {};
      const id = resource?.id ?? "";
      return { status: response.status, id, resource, code: errors?.[0]?.code };
    }
    return { ...browser, call };
  }

  return { clerk, checker, open };
}

type Scenario = Awaited<ReturnType<typeof start>>;
type Call = Awaited<ReturnType<Scenario["open"]>>["call"];

describe("the Frontend API answers as Clerk's document says", () => {
  it("serves only operations with a schema, besides the handshake", () => {
    const expected = [...Object.keys(frontendOperations), "GET /client/handshake"];
    expect(servedRoutes(frontendApi).toSorted()).toEqual(expected.toSorted());
  });

  it("refuses unknown fields of every form", async () => {
    const { open } = await start();
    const { call } = await open();
    for (const operation of Object.keys(frontendOperations)) {
      const [method = "", path = ""] = operation.split(" ");
      if (method === "GET" || operation === "POST /me/profile_image") continue;
      // The strategy decides which other fields are known.
      const form: Record<string, string> = { unknown: "1" };
      if (path.endsWith("/attempt_first_factor")) form.strategy = "password";
      const { code } = await call(method, path.replace(/:\w+\??/g, "x"), form);
      expect(code, operation).toBe("form_param_unknown");
    }
  });

  it("answers every operation as its schema says", async () => {
    const scenario = await start();
    const { call, ...browser } = await scenario.open();
    await openPage(scenario, call);
    const sessionId = await signUp(call);
    await useSession(call, sessionId);
    await useAddresses(call);
    await useImage(scenario, call, browser.devBrowserId);
    const secret = await useSecondFactor(call);
    await reverify(call, sessionId, secret);
    await call("DELETE", "/client/sessions");
    await signIn(scenario, call, secret);
    await leave(scenario, call);
    // The settings require a password.
    expect(scenario.checker.unseen()).toEqual(["POST /me/remove_password"]);
  });
});

async function openPage({ checker, clerk }: Scenario, call: Call) {
  await call("GET", "/environment");
  await call("PATCH", "/environment");
  const created = await fetch(`${clerk.origin}/v1/dev_browser`, { method: "POST" });
  checker.check("POST /dev_browser", created.status, await created.json());
  for (const method of ["GET", "PUT", "POST"]) await call(method, "/client");
  expect(await call("GET", "/me")).toMatchObject({ status: 401, code: "authentication_invalid" });
}

async function signUp(call: Call): Promise<string> {
  const { id } = await call("POST", "/client/sign_ups", { email_address: "ada@example.com" });
  await call("PATCH", `/client/sign_ups/${id}`, { password, first_name: "Ada" });
  await call("GET", `/client/sign_ups/${id}`);
  await call("GET", "/client");
  const early = await call("POST", `/client/sign_ups/${id}/attempt_verification`, rightCode);
  expect(early.code).toBe("verification_missing");
  await call("POST", `/client/sign_ups/${id}/prepare_verification`, { strategy: "email_code" });
  const { resource } = await call("POST", `/client/sign_ups/${id}/attempt_verification`, rightCode);
  const late = await call("PATCH", `/client/sign_ups/${id}`, { first_name: "Grace" });
  expect(late.code).toBe("sign_up_cannot_be_updated");
  return resource?.created_session_id ?? "";
}

async function useSession(call: Call, sessionId: string) {
  const path = `/client/sessions/${sessionId}`;
  await call("GET", "/client");
  await call("GET", path);
  await call("POST", `${path}/touch`, { active_organization_id: "", intent: "focus" });
  await call("POST", `${path}/tokens`, { organization_id: "" });
  expect((await call("POST", `${path}/tokens/other`)).code).toBe("resource_not_found");
  await call("GET", "/me");
  await call("GET", "/me/sessions");
  await call("GET", "/me/sessions/active");
  await call("PATCH", "/me", { last_name: "Lovelace" });
  await call("PATCH", "/me/metadata", { unsafe_metadata: '{"theme":"dark"}' });
  expect((await call("PATCH", "/me", { username: "ada" })).code).toBe("form_param_unknown");
  const passwords = { current_password: password, new_password: `${password} too` };
  await call("POST", "/me/change_password", passwords);
  const none = await call("POST", "/me/remove_password", { current_password: "x" });
  expect(none.code).toBe("password_required");
}

async function useAddresses(call: Call) {
  const { id } = await call("POST", "/me/email_addresses", { email_address: "new@example.com" });
  const path = `/me/email_addresses/${id}`;
  await call("POST", `${path}/prepare_verification`, { strategy: "email_code" });
  await call("POST", `${path}/attempt_verification`, { code: "424242" });
  await call("GET", path);
  await call("GET", "/me/email_addresses");
  await call("DELETE", path);
}

async function useImage({ checker, clerk }: Scenario, call: Call, devBrowserId: string) {
  const body = new FormData();
  body.set("file", png);
  const url = `${clerk.origin}/v1/me/profile_image?__clerk_db_jwt=${devBrowserId}`;
  const uploaded = await fetch(url, { method: "POST", body, headers: { origin: appOrigin } });
  const json: unknown = await uploaded.json();
  checker.check("POST /me/profile_image", uploaded.status, json);
  const { response } = z.object({ response: z.object({ public_url: z.url() }) }).parse(json);
  const image = await fetch(response.public_url);
  expect(image.headers.get("content-type")).toBe("image/png");
  await call("DELETE", "/me/profile_image");
  expect((await call("DELETE", "/me/profile_image")).code).toBe("image_not_found");
}

async function useSecondFactor(call: Call): Promise<string> {
  await call("POST", "/me/totp");
  await call("POST", "/me/totp/attempt_verification", { code: "no" });
  const secret = await addAuthenticatorApp(call);
  await call("POST", "/me/backup_codes");
  await call("DELETE", "/me/totp");
  expect((await call("POST", "/me/backup_codes")).code).toBe("backup_codes_not_available");
  expect(secret).not.toBe("");
  return addAuthenticatorApp(call);
}

async function addAuthenticatorApp(call: Call): Promise<string> {
  const { resource } = await call("POST", "/me/totp");
  const secret = resource?.secret ?? "";
  const code = totpCode(secret, Date.now());
  expect((await call("POST", "/me/totp/attempt_verification", { code })).status).toBe(200);
  return secret;
}

async function reverify(call: Call, sessionId: string, secret: string) {
  const path = `/client/sessions/${sessionId}/verify`;
  await call("POST", path, { level: "multi_factor" });
  await call("POST", `${path}/prepare_first_factor`, { strategy: "email_code" });
  const half = await call("POST", `${path}/attempt_first_factor`, rightCode);
  expect(half.resource?.status).toBe("needs_second_factor");
  const proof = { strategy: "totp", code: totpCode(secret, Date.now()) };
  const { resource } = await call("POST", `${path}/attempt_second_factor`, proof);
  expect(resource?.status).toBe("complete");
  const again = await call("POST", `${path}/attempt_second_factor`, proof);
  expect(again.code).toBe("invalid_action_for_session_reverification");
  await call("POST", path, { level: "first_factor" });
  const wrong = { strategy: "password", password: "wrong" };
  expect((await call("POST", `${path}/attempt_first_factor`, wrong)).code).toBe(
    "form_password_incorrect",
  );
}

async function signIn({ clerk }: Scenario, call: Call, secret: string) {
  const { id } = await call("POST", "/client/sign_ins", { identifier: "ada@example.com" });
  const path = `/client/sign_ins/${id}`;
  await call("GET", path);
  const reset = "reset_password_email_code";
  await call("POST", `${path}/prepare_first_factor`, { strategy: reset });
  await call("POST", `${path}/attempt_first_factor`, { strategy: reset, code: "424242" });
  const { resource } = await call("POST", `${path}/reset_password`, { password });
  expect(resource?.status).toBe("needs_second_factor");
  expect(
    (await call("POST", `${path}/prepare_second_factor`, { strategy: "email_code" })).code,
  ).toBe("strategy_for_user_invalid");
  const proof = { strategy: "totp", code: totpCode(secret, Date.now()) };
  const done = await call("POST", `${path}/attempt_second_factor`, proof);
  expect(done.resource?.status).toBe("complete");
  await call("POST", `/client/sessions/${done.resource?.created_session_id}/end`);

  await clerk.control.updateSettings({ signIn: { deviceTrust: "needs_client_trust" } });
  await clerk.control.createUser({ emailAddresses: ["grace@example.com"], password });
  const grace = await call("POST", "/client/sign_ins", {
    identifier: "grace@example.com",
    password,
  });
  const second = `/client/sign_ins/${grace.id}`;
  await call("POST", `${second}/prepare_second_factor`, { strategy: "email_code" });
  const trusted = await call("POST", `${second}/attempt_second_factor`, rightCode);
  await call("POST", `/client/sessions/${trusted.resource?.created_session_id}/remove`);
}

async function leave({ open }: Scenario, call: Call) {
  const grace = { identifier: "grace@example.com", password };
  const here = await call("POST", "/client/sign_ins", grace);
  const elsewhere = await open();
  const there = await elsewhere.call("POST", "/client/sign_ins", { identifier: grace.identifier });
  await elsewhere.call("POST", `/client/sign_ins/${there.id}/prepare_first_factor`, {
    strategy: "email_code",
  });
  await elsewhere.call("POST", `/client/sign_ins/${there.id}/attempt_first_factor`, rightCode);
  await elsewhere.call("POST", `/me/sessions/${here.resource?.created_session_id}/revoke`);
  await elsewhere.call("DELETE", "/client");
  await call("POST", "/client/sign_ins", grace);
  await call("DELETE", "/me");
}
