import fc from "fast-check";
import { type HostileBody, hostileForms, hostilePayloads } from "./hostile-bodies.ts";
import { headerBytes, hostileText } from "./hostile-values.ts";
import type { ValidForm } from "./valid-forms.ts";

/** A request before the sender's credentials are added. */
export interface HostileRequest extends HostileBody {
  /** The position of the sender's own cookies in the `Cookie` header. */
  ownCookies: "first" | "last" | "none";
  cookies: string;
  headers: Record<string, string>;
}

const readHeaders = [
  "Accept",
  "Accept-Language",
  "Authorization",
  "CF-Connecting-IP",
  "CF-Ray",
  "Cache-Control",
  "Content-Type",
  "Forwarded",
  "If-Modified-Since",
  "If-None-Match",
  "Origin",
  "Purpose",
  "Range",
  "Referer",
  "Sec-Fetch-Dest",
  "Sec-Fetch-Site",
  "User-Agent",
  "X-Forwarded-Host",
  "X-Forwarded-Proto",
  "X-HTTP-Method-Override",
  "X-Remix-Revalidate",
  "svix-signature",
];
const headerValues = [
  "text/html",
  "application/json",
  "Bearer a.b.c",
  "Bearer ",
  "bearer x",
  "Basic Og==",
  "document",
  "same-origin",
  "cross-site",
  "null",
  "Googlebot/2.1",
  "bytes=0-,1-",
  "host=evil.example;proto=https",
];

const headers = fc.dictionary(
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...readHeaders) },
    { weight: 1, arbitrary: fc.stringMatching(/^x-[a-z0-9!#$%&'*+.^_`|~-]{1,20}$/) },
  ),
  fc.oneof(fc.constantFrom(...headerValues), headerBytes(200)),
  { maxKeys: 4 },
);

const cookieNames = [
  "__session",
  "__session_abcdefgh",
  "__client_uat",
  "__clerk_db_jwt",
  "__clerk_handshake",
  "__clerk_redirect_count",
  "visitor",
];
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const cookieValues = [
  "Andr%E9",
  "%",
  "a.b.c",
  "..",
  `${encoded(null)}.${encoded(null)}.x`,
  `${encoded({ alg: "none" })}.${encoded({ sub: "user_1", exp: 1e12 })}.`,
  `${encoded({ alg: "RS256", kid: "x" })}.${encoded([])}.${"A".repeat(342)}`,
  "-1",
  "99999999999999999999",
  "x".repeat(6_000),
];
const cookies = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: cookiePair(fc.constantFrom(...cookieValues)) },
      { weight: 2, arbitrary: cookiePair(headerBytes(60)) },
      { weight: 1, arbitrary: headerBytes(60) },
    ),
    { maxLength: 3 },
  )
  .map((pairs) => pairs.join("; "));

function cookiePair(value: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(fc.constantFrom(...cookieNames), value).map((pair) => pair.join("="));
}

const parameters = [
  ..."q in role state sort after before status outcome type person add rename moved".split(" "),
  ..."redirect_url change ask purchase saved whole index _routes __clerk_db_jwt".split(" "),
  "__clerk_handshake",
  "__clerk_synced",
];
const query = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: parameter(hostileText(300).map(encodeURIComponent)) },
      { weight: 1, arbitrary: parameter(headerBytes(60).map((text) => text.replace(/\s/g, ""))) },
      { weight: 1, arbitrary: fc.constantFrom("%", "%E9=%E9", "=", "&&", "a[5000000]=1", "%00") },
    ),
    { maxLength: 4 },
  )
  .map((parts) => parts.join("&").replaceAll("#", "%23"));

function parameter(value: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(fc.constantFrom(...parameters), value).map((pair) => pair.join("="));
}

interface Targets {
  paths: readonly string[];
  forms: readonly ValidForm[];
}

/** Requests for any path with hostile headers, cookies, query strings and bodies. */
export function hostileRequests({ paths, forms }: Targets): fc.Arbitrary<HostileRequest> {
  const reads = fc.record({
    path: fc.constantFrom(...paths),
    method: fc.constantFrom("GET", "GET", "GET", "HEAD", "OPTIONS"),
    type: fc.constant(null),
    body: fc.constant(null),
  });
  const target = fc.oneof(
    { weight: 5, arbitrary: reads },
    { weight: 4, arbitrary: hostileForms(forms) },
    { weight: 2, arbitrary: hostilePayloads(paths) },
  );
  return fc
    .record({
      target,
      isForData: fc.boolean(),
      query: fc.oneof(fc.constant(""), query),
      ownCookies: fc.constantFrom("first", "first", "last", "none"),
      cookies: fc.oneof(fc.constant(""), cookies),
      headers: fc.oneof(fc.constant({}), headers),
    })
    .map(({ target, isForData, query, ...rest }) => ({
      ...target,
      ...rest,
      path: withQuery(isForData ? dataPath(target.path) : target.path, query),
    }));
}

function dataPath(path: string): string {
  if (path.startsWith("/api/") || path.startsWith("/__clerk")) return path;
  const [pathname, search] = path.split("?");
  const data = pathname === "/" ? "/_root.data" : `${pathname}.data`;
  return search === undefined ? data : `${data}?${search}`;
}

function withQuery(path: string, query: string): string {
  if (query === "") return path;
  return `${path}${path.includes("?") ? "&" : "?"}${query}`;
}
