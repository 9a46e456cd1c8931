import { decodeJwt } from "@clerk/backend/jwt";
import * as z from "zod";
import { bearerToken } from "~/http/request.server";

/** A suffix identifies the Clerk instance. */
const clerkCookie =
  /^__(?:(?:session|client_uat|clerk_db_jwt|refresh)(?:_[\w-]+)?|clerk_(?:handshake|handshake_nonce|redirect_count))$/;
const sessionCookie = /^__session(?:_[\w-]+)?$/;

/** Names of the handshake result, as a cookie or as a parameter. */
const handshakeNames = ["__clerk_handshake", "__clerk_handshake_nonce"];

/** No percent sign: the SDK decodes the whole header before splitting it. */
const plainText = /^[\w.~+/=:-]+$/;

const tokenSchema = z.object({
  /** The SDK caches a key for each id. */
  header: z.object({ kid: z.string().max(100) }),
  payload: z.object({ iss: z.string().optional() }),
});

const navigationHeaders = ["Accept", "Sec-Fetch-Dest"];

/** A request without a body that the SDK can parse, and the names of the removed cookies. */
export interface Credentials {
  request: Request;
  unreadable: string[];
}

/** Removes what makes the SDK throw or fills its cache, and with a Bearer token all cookies. */
export function readCredentials(request: Request): Credentials {
  const token = bearerToken(request);
  const cookies = token === null ? clerkCookies(request) : [];
  const others = token === null ? allCookies(request).filter(isPlainAppCookie) : [];
  const headers = new Headers(request.headers);
  headers.delete("Authorization");
  if (token !== null) headers.set("Authorization", `Bearer ${readableToken(token)}`);
  // Not a navigation to the SDK: the handshake answers GET only, and would lose a posted form.
  if (request.method !== "GET") for (const name of navigationHeaders) headers.delete(name);
  const unreadable = new Set(cookies.filter((cookie) => !isReadable(cookie)));
  setCookies(headers, [...others, ...cookies.filter((cookie) => !unreadable.has(cookie))]);
  return {
    request: new Request(request.url, { method: request.method, headers }),
    unreadable: [...unreadable].map(({ name }) => name),
  };
}

/** True if nobody can be signed in: test keys would cost every new visitor a handshake. */
export function hasNoCredentials(request: Request): boolean {
  const parameters = [...new URL(request.url).searchParams.keys()];
  return (
    bearerToken(request) === null &&
    clerkCookies(request).length === 0 &&
    !parameters.some((name) => name.startsWith("__clerk"))
  );
}

/** Parameters that the SDK must not see: invalid handshakes and its open redirect. */
export function forbiddenParameters({ url }: Request): string[] {
  const { searchParams } = new URL(url);
  const token = searchParams.get("__clerk_handshake");
  const isBroken = token !== null && !isReadableToken(token);
  const forbidden = ["__clerk_redirect_url", ...(isBroken ? handshakeNames : [])];
  return forbidden.filter((name) => searchParams.has(name));
}

export function handshakeCredentials(request: Request) {
  const { searchParams } = new URL(request.url);
  return {
    parameters: handshakeNames.filter((name) => searchParams.has(name)),
    cookies: cookieNames(request).filter((name) => handshakeNames.includes(name)),
  };
}

export function sessionCookies(request: Request): string[] {
  return cookieNames(request).filter((name) => sessionCookie.test(name));
}

export function tokensOf(cookies: readonly Cookie[]): string[] {
  const sessions = cookies.filter(({ name }) => sessionCookie.test(name));
  return sessions.map(({ value }) => value);
}

/**
 * The token of the session cookie as a Bearer token, if the browser has no `__client_uat` at all:
 * WebKit rejects the one that ClerkJS sets on http://localhost. "0" means signed out.
 */
export function asBearerRequest(request: Request): Request | null {
  const [token, ...others] = new Set(tokensOf(clerkCookies(request)));
  const hasUat = cookieNames(request).some((name) => name.startsWith("__client_uat"));
  if (token === undefined || others.length > 0 || hasUat) return null;
  const headers = new Headers(request.headers);
  headers.delete("Cookie");
  headers.set("Authorization", `Bearer ${token}`);
  return new Request(request.url, { method: request.method, headers });
}

/** Also drops the body. */
export function withoutCookies({ url, method, headers }: Request, names: readonly string[]) {
  const copy = new Request(url, { method, headers });
  const kept = clerkCookies(copy).filter(({ name }) => !names.includes(name));
  setCookies(copy.headers, kept);
  return copy;
}

interface Cookie {
  name: string;
  value: string;
}

function allCookies({ headers }: Request): Cookie[] {
  const pairs = headers.get("Cookie")?.split(";") ?? [];
  return pairs.map(parseCookie);
}

/** Every cookie that the SDK reads. */
export const clerkCookies = (request: Request): Cookie[] =>
  allCookies(request).filter(({ name }) => clerkCookie.test(name));

export const cookieHeader = (cookies: readonly Cookie[]): string =>
  cookies.map(({ name, value }) => `${name}=${value}`).join("; ");

const cookieNames = (request: Request) => clerkCookies(request).map(({ name }) => name);

function parseCookie(pair: string): Cookie {
  const [name = "", ...value] = pair.split("=");
  return { name: name.trim(), value: value.join("=").trim() };
}

function setCookies(headers: Headers, cookies: readonly Cookie[]): void {
  headers.delete("Cookie");
  const text = cookieHeader(cookies);
  if (text !== "") headers.set("Cookie", text);
}

function isPlainAppCookie({ name, value }: Cookie): boolean {
  return /^[\w-]+$/.test(name) && !name.startsWith("__") && plainText.test(value);
}

function isReadable({ name, value }: Cookie): boolean {
  const isToken = sessionCookie.test(name) || name === "__clerk_handshake";
  return plainText.test(value) && (!isToken || isReadableToken(value));
}

/** Any other token becomes an invalid one: without a token, the SDK would start a handshake. */
const readableToken = (token: string) => (isReadableToken(token) ? token : "-");

function isReadableToken(token: string): boolean {
  try {
    return tokenSchema.safeParse(decodeJwt(token)).success;
  } catch {
    return false;
  }
}
