import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type RawRequest, sendRaw } from "../../support/raw-request.ts";
import { deploymentOf, productionOrigin, type Setup } from "../deployment.ts";
import { localClerkKeys } from "../environment.ts";
import { startClerk } from "./support.ts";

type Clerk = Awaited<ReturnType<typeof startClerk>>;

const { frontendApiHost, secretKey, cookieSuffix } = deploymentOf("cname");
const password = "long enough";
const ownHost = { Host: frontendApiHost, Origin: productionOrigin };
const proxied = {
  "Clerk-Proxy-Url": `${productionOrigin}/__clerk`,
  "Clerk-Secret-Key": secretKey,
};

function send(clerk: Clerk, path: string, headers: Record<string, string>, form?: object) {
  const request: RawRequest = { origin: clerk.origin, path, headers };
  if (form === undefined) return sendRaw(request);
  const body = new URLSearchParams(Object.entries(form)).toString();
  const contentType = { "Content-Type": "application/x-www-form-urlencoded" };
  return sendRaw({ ...request, method: "POST", headers: { ...headers, ...contentType }, body });
}

const bodySchema = z.object({
  response: z.looseObject({ id: z.string() }).nullish(),
  errors: z.array(z.object({ code: z.string() })).optional(),
});
const errorCode = (body: string) => bodySchema.parse(JSON.parse(body)).errors?.[0]?.code;

/** Signs in like ClerkJS and returns the cookies that Clerk set. */
async function signIn(clerk: Clerk, headers: Record<string, string> = ownHost) {
  await clerk.control.createUser({ emailAddresses: ["a@b.co"], password });
  const form = { identifier: "a@b.co", password };
  const { status, headers: answer } = await send(clerk, "/v1/client/sign_ins", headers, form);
  expect(status).toBe(200);
  return answer.getSetCookie();
}

const valueIn = (cookies: string[], name: string) =>
  cookies.find((cookie) => cookie.startsWith(`${name}=`))?.split(/[=;]/)[1] ?? "";

function documentRequest(cookies: Record<string, string>): Request {
  const pairs = Object.entries(cookies).map(([name, value]) => `${name}=${value}`);
  const headers = { "sec-fetch-dest": "document", cookie: pairs.join("; ") };
  return new Request(`${productionOrigin}/courses?page=2`, { headers });
}

describe("a production instance", () => {
  it.each([
    ["its own host", "cname", ownHost, frontendApiHost],
    ["the host of the proxy", "proxy", proxied, "www.example.test"],
  ] as const)("identifies the browser by a cookie of %s", async (_, setup, headers, host) => {
    const clerk = await startClerk({ setup });
    const unknown = await send(clerk, "/v1/client", headers);
    expect(JSON.parse(unknown.body)).toEqual({ response: null, client: null });
    expect(valueIn(unknown.headers.getSetCookie(), "__client_uat")).toBe("0");

    const cookies = await signIn(clerk, headers);
    const uat = valueIn(cookies, "__client_uat");
    expect(Number(uat)).toBeGreaterThan(1_700_000_000);
    const lasting = "Path=/; Max-Age=315360000";
    const client = valueIn(cookies, "__client");
    expect(cookies).toEqual([
      `__client=${client}; ${lasting}; Domain=${host}; HttpOnly; Secure; SameSite=Lax`,
      `__client_uat=${uat}; ${lasting}; Domain=example.test; Secure; SameSite=Lax`,
      `__client_uat_${cookieSuffix}=${uat}; ${lasting}; Domain=example.test; Secure; SameSite=Lax`,
    ]);
    const known = await send(clerk, "/v1/client", { ...headers, Cookie: `__client=${client}` });
    expect(JSON.parse(known.body)).toMatchObject({ response: { sessions: [{}] } });
  });

  it("hands the session over in a cookie of the apex, which the SDK redeems once", async () => {
    const clerk = await startClerk({ setup: "cname" });
    const cookies = await signIn(clerk);
    const uat = valueIn(cookies, "__client_uat");
    const state = await clerk.backend.authenticateRequest(documentRequest({ __client_uat: uat }));
    const handshakeUrl = new URL(state.headers.get("location") ?? "");
    expect(handshakeUrl.origin).toBe(`https://${frontendApiHost}`);

    const path = handshakeUrl.pathname + handshakeUrl.search;
    const Cookie = `__client=${valueIn(cookies, "__client")}`;
    const { status, headers } = await send(clerk, path, { Host: frontendApiHost, Cookie });
    expect(status).toBe(307);
    expect(headers.get("location")).toBe(`${productionOrigin}/courses?page=2`);
    const [result = ""] = headers.getSetCookie();
    expect(result).toMatch(/^__clerk_handshake_nonce=.*; Domain=example\.test; HttpOnly; Secure/);

    const nonce = valueIn([result], "__clerk_handshake_nonce");
    const back = documentRequest({ __client_uat: uat, __clerk_handshake_nonce: nonce });
    const signedIn = await clerk.backend.authenticateRequest(back);
    expect(signedIn.status).toBe("signed-in");
    expect(signedIn.headers.get("location")).toBeNull();
    expect(signedIn.headers.getSetCookie().map((cookie) => cookie.split("=")[0])).toEqual([
      "__client_uat",
      "__clerk_handshake_nonce",
      "__client_uat",
      `__client_uat_${cookieSuffix}`,
      "__session",
      `__session_${cookieSuffix}`,
    ]);
    await expect(clerk.backend.clients.getHandshakePayload({ nonce })).rejects.toMatchObject({
      status: 404,
    });
  });

  it("ends a handshake without a client signed out", async () => {
    const clerk = await startClerk({ setup: "cname" });
    const path = `/v1/client/handshake?redirect_url=${productionOrigin}/`;
    const { headers } = await send(clerk, path, { Host: frontendApiHost });
    const __clerk_handshake = valueIn(headers.getSetCookie(), "__clerk_handshake");
    const back = documentRequest({ __client_uat: "1700000000", __clerk_handshake });
    const state = await clerk.backend.authenticateRequest(back);
    expect(state.status).toBe("signed-out");
    expect(valueIn(state.headers.getSetCookie().slice(1), "__client_uat")).toBe("0");
  });

  it.each(["http://www.example.test/", "https://evil.example/", "http://localhost/"])(
    "rejects the redirect URL %s",
    async (url) => {
      const clerk = await startClerk({ setup: "cname" });
      const path = `/v1/client/handshake?redirect_url=${url}`;
      expect((await send(clerk, path, { Host: frontendApiHost })).status).toBe(422);
    },
  );

  it("accepts neither test keys nor the code for test addresses", async () => {
    const clerk = await startClerk({ setup: "cname" });
    const Authorization = `Bearer ${localClerkKeys.secretKey}`;
    expect((await send(clerk, "/bapi/v1/jwks", { Authorization })).status).toBe(401);
    const person = { email_address: "new@b.co", password };
    const started = await send(clerk, "/v1/client/sign_ups", ownHost, person);
    const { id } = bodySchema.parse(JSON.parse(started.body)).response ?? {};
    const Cookie = `__client=${valueIn(started.headers.getSetCookie(), "__client")}`;
    const headers = { ...ownHost, Cookie };
    const strategy = "email_code";
    await send(clerk, `/v1/client/sign_ups/${id}/prepare_verification`, headers, { strategy });
    const code = { strategy, code: "424242" };
    const path = `/v1/client/sign_ups/${id}/attempt_verification`;
    expect(errorCode((await send(clerk, path, headers, code)).body)).toBe("form_code_incorrect");
  });
});

it("refuses a client cookie with a wrong signature, and lets the browser sign in again", async () => {
  const clerk = await startClerk({ setup: "cname" });
  const cookies = await signIn(clerk);
  const [header, payload] = valueIn(cookies, "__client").split(".");
  const headers = { ...ownHost, Cookie: `__client=${header}.${payload}.AAAA` };
  const { status, body } = await send(clerk, "/v1/me", headers);
  expect([status, errorCode(body)]).toEqual([400, "cookie_invalid"]);
  const client = await send(clerk, "/v1/client", headers);
  expect(JSON.parse(client.body)).toEqual({ response: null, client: null });
  const path = `/v1/client/handshake?redirect_url=${productionOrigin}/`;
  const { headers: handshake } = await send(clerk, path, headers);
  const __clerk_handshake = valueIn(handshake.getSetCookie(), "__clerk_handshake");
  const back = documentRequest({ __client_uat: "1700000000", __clerk_handshake });
  expect((await clerk.backend.authenticateRequest(back)).status).toBe("signed-out");
  const again = await send(clerk, "/v1/client/sign_ins", headers, {
    identifier: "a@b.co",
    password,
  });
  expect(valueIn(again.headers.getSetCookie(), "__client")).not.toBe("");
});

const developmentHost = { Host: deploymentOf("development").frontendApiHost };
const { "Clerk-Proxy-Url": proxyUrl, "Clerk-Secret-Key": proxyKey } = proxied;

it.each<[Setup, Record<string, string>, string]>([
  ["cname", {}, "host_invalid"],
  ["cname", proxied, "host_invalid"],
  ["cname", { ...ownHost, Origin: "https://evil.example" }, "origin_invalid"],
  ["cname", { ...ownHost, Origin: "https://evil-example.test" }, "origin_invalid"],
  ["cname", { ...ownHost, Origin: "http://www.example.test" }, "origin_invalid"],
  ["proxy", ownHost, "host_invalid"],
  ["proxy", { ...proxied, "Clerk-Proxy-Url": "https://evil.example/__clerk" }, "host_invalid"],
  ["proxy", { "Clerk-Proxy-Url": proxyUrl }, "proxy_request_missing_secret_key"],
  ["proxy", { ...proxied, "Clerk-Secret-Key": "sk_live_x" }, "proxy_request_invalid_secret_key"],
  ["development", {}, "host_invalid"],
  [
    "development",
    { ...developmentHost, "Clerk-Proxy-Url": proxyUrl, "Clerk-Secret-Key": proxyKey },
    "host_invalid",
  ],
])("in the setup %s, refuses a request with %j", async (setup, headers, code) => {
  const clerk = await startClerk({ setup });
  const { body } = await send(clerk, "/v1/environment", headers);
  expect(errorCode(body)).toBe(code);
});

it("registers dev browsers only in development", async () => {
  const clerk = await startClerk({ setup: "cname" });
  const { body } = await send(clerk, "/v1/dev_browser", ownHost, {});
  expect(errorCode(body)).toBe("request_invalid_for_environment");
});
