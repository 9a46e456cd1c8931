import { describe, expect, it } from "vitest";
import { z } from "zod";
import { backendApi } from "../backend-api/routes.ts";
import { localClerkKeys } from "../environment.ts";
import { totpCode } from "../tokens/one-time-password.ts";
import { backendOperations } from "./conformance/backend-operations.ts";
import { createChecker } from "./conformance/checked-calls.ts";
import { png } from "./conformance/png.ts";
import { servedRoutes } from "./conformance/served-routes.ts";
import { openBrowser, startClerk } from "./support.ts";

const answerSchema = z.looseObject({
  id: z.string().default(""),
  client_id: z.string().default(""),
  errors: z.array(z.object({ code: z.string() })).optional(),
  email_addresses: z.array(z.object({ id: z.string() })).default([]),
});

async function start() {
  const clerk = await startClerk();
  const checker = createChecker(backendOperations);

  /** Sends a request and checks the answer against Clerk's document. */
  async function call(method: string, path: string, body?: object) {
    const response = await fetch(`${clerk.origin}/bapi/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${localClerkKeys.secretKey}`,
        ...(body instanceof FormData ? {} : { "content-type": "application/json" }),
      },
      ...(body && { body: body instanceof FormData ? body : JSON.stringify(body) }),
    });
    const json: unknown = await response.json();
    checker.check(`${method} ${path.split("?")[0]}`, response.status, json);
    const answer = answerSchema.safeParse(json);
    const { errors, ...entity } = answer.success ? answer.data : answerSchema.parse({});
    return { status: response.status, code: errors?.[0]?.code, ...entity };
  }

  let people = 0;
  async function createUser() {
    people += 1;
    const email_address = [`person${people}@example.com`];
    return call("POST", "/users", { email_address, password: "long enough" });
  }

  return { clerk, call, checker, createUser };
}

type Scenario = Awaited<ReturnType<typeof start>>;

describe("the Backend API answers as Clerk's document says", () => {
  it("serves only operations with a schema", () => {
    expect(servedRoutes(backendApi).toSorted()).toEqual(Object.keys(backendOperations).toSorted());
  });

  it("refuses unknown parameters everywhere", async () => {
    const { call } = await start();
    for (const operation of Object.keys(backendOperations)) {
      const [method = "", path = ""] = operation.split(" ");
      const url = path.replace(/:\w+\??/g, "x");
      expect(await call(method, `${url}?unknown=1`), operation).toMatchObject({
        status: 422,
        code: "form_param_unknown",
      });
      if (method === "GET" || operation === "POST /users/:id/profile_image") continue;
      const body = path.endsWith("/bulk") ? [{ unknown: 1 }] : { unknown: 1 };
      expect((await call(method, url, body)).code, operation).toBe("form_param_unknown");
    }
  });

  it("finds people by the documented filters only", async () => {
    const { call, clerk, createUser } = await start();
    const [first, second] = [await createUser(), await createUser()];
    await call("PATCH", `/users/${second.id}`, { last_name: "Lovelace", external_id: "e-2" });
    const find = async (query: string) => {
      const headers = { authorization: `Bearer ${localClerkKeys.secretKey}` };
      const response = await fetch(`${clerk.origin}/bapi/v1/users?${query}`, { headers });
      return z
        .array(z.object({ id: z.string() }))
        .parse(await response.json())
        .map(({ id }) => id);
    };
    for (const [query, found] of [
      ["email_address_query=ON1%40", [first.id]],
      ["name_query=lovel", [second.id]],
      ["external_id=-e-2", [first.id]],
      [`user_id=-${first.id}`, [second.id]],
      ["banned=true", []],
      ["phone_number=%2B15555550100", []],
      ["order_by=created_at&limit=1", [first.id]],
      [`order_by=created_at&starting_after=${first.id}`, [second.id]],
    ] as const) {
      expect(await find(query), query).toEqual(found);
    }
    for (const query of ["order_by=nothing", "limit=501", "web3_wallet=x", "organization_id=x"]) {
      expect((await call("GET", `/users?${query}`)).status, query).toBe(422);
    }
  });

  it("answers every operation as its schema says", async () => {
    const scenario = await start();
    for (const useEndpoints of [
      useUsers,
      useContacts,
      useSessions,
      useTickets,
      useInvitations,
      useSecondFactors,
      useInstance,
    ]) {
      await useEndpoints(scenario);
    }
    expect(scenario.checker.unseen()).toEqual([]);
  });
});

async function useUsers({ call, createUser }: Scenario) {
  const { id } = await createUser();
  await call("GET", "/users?limit=5&order_by=-updated_at&banned=false");
  await call("GET", "/users/count?email_address_query=person");
  await call("GET", `/users/${id}`);
  await call("PATCH", `/users/${id}`, { first_name: "Ada", create_organizations_limit: 3 });
  await call("PATCH", `/users/${id}/metadata`, { public_metadata: { a: 1 } });
  await call("PUT", `/users/${id}/metadata`, { public_metadata: { b: 2 } });
  await call("POST", `/users/${id}/verify_password`, { password: "long enough" });
  for (const action of ["ban", "unban"]) {
    await call("POST", `/users/${id}/${action}`);
    await call("POST", `/users/${action}`, { user_ids: [id] });
  }
  for (const action of ["lock", "unlock"]) await call("POST", `/users/${id}/${action}`);
  const form = new FormData();
  form.set("file", png);
  await call("POST", `/users/${id}/profile_image`, form);
  await call("DELETE", `/users/${id}/profile_image`);
  await call("DELETE", `/users/${id}`);
  expect(await call("GET", `/users/${id}`)).toMatchObject({ code: "resource_not_found" });
}

async function useContacts({ call }: Scenario) {
  const person = { phone_number: ["+15555550100"], password: "long enough" };
  const { id: user_id } = await call("POST", "/users", person);
  await call("GET", `/users/${user_id}`);
  const phone = await call("POST", "/phone_numbers", { user_id, phone_number: "+15555550101" });
  await call("PATCH", `/phone_numbers/${phone.id}`, { primary: true });
  await call("GET", `/phone_numbers/${phone.id}`);
  await call("DELETE", `/phone_numbers/${phone.id}`);
  const address = { user_id, email_address: "phone@example.com", verified: false };
  const email = await call("POST", "/email_addresses", address);
  await call("GET", `/email_addresses/${email.id}`);
  await call("PATCH", `/email_addresses/${email.id}`, { verified: true, primary: true });
  await call("DELETE", `/email_addresses/${email.id}`);
}

async function useSessions({ call, createUser }: Scenario) {
  const { id: user_id } = await createUser();
  const session = await call("POST", "/sessions", { user_id });
  await call("GET", `/sessions?user_id=${user_id}&status=active`);
  await call("GET", `/sessions?user_id=${user_id}&paginated=true`);
  expect(await call("GET", "/sessions")).toMatchObject({ code: "missing_query_parameter" });
  await call("GET", `/sessions/${session.id}`);
  await call("GET", `/clients/${session.client_id}`);
  await call("POST", `/sessions/${session.id}/tokens`, { expires_in_seconds: 600 });
  await call("POST", `/sessions/${session.id}/tokens/other`, {});
  await call("POST", `/sessions/${session.id}/revoke`);
}

async function useTickets({ call, createUser }: Scenario) {
  const { id: user_id } = await createUser();
  for (const [path, body] of [
    ["/sign_in_tokens", { user_id }],
    ["/actor_tokens", { user_id, actor: { sub: user_id } }],
  ] as const) {
    const { id } = await call("POST", path, body);
    await call("POST", `${path}/${id}/revoke`);
    expect((await call("POST", `${path}/${id}/revoke`)).code).toMatch(/_cannot_be_revoked_code$/);
  }
}

async function useInvitations({ call, createUser }: Scenario) {
  await createUser();
  const email_address = "invited@example.com";
  const { id } = await call("POST", "/invitations", { email_address });
  expect(await call("POST", "/invitations", { email_address })).toMatchObject({
    code: "duplicate_record",
  });
  await call("POST", "/invitations/bulk", [{ email_address: "other@example.com" }]);
  await call("GET", "/invitations?status=pending&order_by=email_address&query=invited");
  await call("GET", "/invitations?paginated=true");
  await call("POST", `/invitations/${id}/revoke`);
  expect(await call("POST", `/invitations/${id}/revoke`)).toMatchObject({
    code: "invitation_already_revoked",
  });
}

async function useSecondFactors({ call, clerk, createUser }: Scenario) {
  await clerk.control.updateSettings({ signIn: { authenticatorApp: true } });
  const { id } = await createUser();
  const { id: ticketId } = await call("POST", "/sign_in_tokens", { user_id: id });
  expect(ticketId).toMatch(/^sit_/);
  const { token } = await clerk.backend.signInTokens.createSignInToken({
    userId: id,
    expiresInSeconds: 60,
  });
  const browser = await openBrowser(clerk.origin);
  await browser.sendOk("POST", "/client/sign_ins", { strategy: "ticket", ticket: token });
  const enable = async () => {
    const { resource } = await browser.sendOk("POST", "/me/totp");
    const code = totpCode(String(resource.secret), Date.now());
    await browser.sendOk("POST", "/me/totp/attempt_verification", { code });
    return code;
  };
  expect(await call("POST", `/users/${id}/verify_totp`, { code: "000000" })).toMatchObject({
    code: "totp_disabled",
  });
  const code = await enable();
  await call("GET", `/users/${id}`);
  await call("POST", `/users/${id}/verify_totp`, { code });
  await call("DELETE", `/users/${id}/backup_code`);
  await call("DELETE", `/users/${id}/totp`);
  await enable();
  await call("DELETE", `/users/${id}/mfa`);
}

async function useInstance({ call, clerk, checker }: Scenario) {
  await call("GET", "/jwks");
  await call("GET", "/instance");
  await call("POST", "/testing_tokens");
  const url = new URL(`${clerk.origin}/v1/client/handshake?format=nonce`);
  url.searchParams.set("redirect_url", "http://localhost:8787/");
  const { headers } = await fetch(url, { redirect: "manual" });
  const nonce = new URL(headers.get("location") ?? "").searchParams.get("__clerk_handshake_nonce");
  await call("GET", `/clients/handshake_payload?nonce=${nonce}`);
  expect(checker.unseen()).toEqual([]);
}
