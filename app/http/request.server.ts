/** Forwarding headers come from the client, and Remix fails with 500 on an invalid `Origin`. */
const hiddenHeaders = [
  "Forwarded",
  "Origin",
  "X-Forwarded-Host",
  "X-Forwarded-Port",
  "X-Forwarded-Proto",
];

/** Treats `HEAD` as `GET` and removes headers from which the SDK would build redirects. */
export function normalizeRequest(request: Request): Request {
  const isUnchanged =
    request.method !== "HEAD" && !hiddenHeaders.some((name) => request.headers.has(name));
  if (isUnchanged) return request;
  const method = request.method === "HEAD" ? "GET" : request.method;
  const copy = new Request(request, { method });
  for (const name of hiddenHeaders) copy.headers.delete(name);
  return copy;
}

/** Null without a Bearer token; the scheme is case-insensitive (RFC 6750). */
export function bearerToken({ headers }: Request): string | null {
  const [, token] =
    /^Bearer +([\w.~+/-]+=*)$/i.exec(headers.get("Authorization")?.trim() ?? "") ?? [];
  return token ?? null;
}
