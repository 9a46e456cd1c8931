/**
 * Cloudflare tells the host by the request's URL; forwarding headers are a client's own claims. The
 * cross-site check has read `Origin` already, and Remix answers 500 to one that it cannot parse or
 * that names another host.
 */
const hiddenHeaders = [
  "Forwarded",
  "Origin",
  "X-Forwarded-Host",
  "X-Forwarded-Port",
  "X-Forwarded-Proto",
];

/**
 * The request as everything behind the door sees it. `HEAD` is `GET` whose body nobody sends: it must be decided and answered
 * the same. The SDK builds redirects from headers that name a host, so those are removed.
 */
export function normalizeRequest(request: Request): Request {
  const isUnchanged =
    request.method !== "HEAD" && !hiddenHeaders.some((name) => request.headers.has(name));
  if (isUnchanged) return request;
  const method = request.method === "HEAD" ? "GET" : request.method;
  const copy = new Request(request, { method });
  for (const name of hiddenHeaders) copy.headers.delete(name);
  return copy;
}

/**
 * The token of an `Authorization: Bearer` header; null if there is none. The scheme's name is not
 * case-sensitive. https://www.rfc-editor.org/rfc/rfc6750#section-2.1
 */
export function bearerToken({ headers }: Request): string | null {
  const [, token] =
    /^Bearer +([\w.~+/-]+=*)$/i.exec(headers.get("Authorization")?.trim() ?? "") ?? [];
  return token ?? null;
}
