/** Claims of a proxy about where a request came from; Cloudflare tells us by the request's URL, so these are only anybody's word. */
const forwardingHeaders = [
  "Forwarded",
  "X-Forwarded-Host",
  "X-Forwarded-Port",
  "X-Forwarded-Proto",
];

/** Whether a browser asks for a page to show, by its address; not for data, and no program. */
export function isForDocument({ headers }: Request): boolean {
  return headers.get("Accept")?.includes("text/html") ?? false;
}

/**
 * The request as everything behind the door sees it. `HEAD` is `GET` whose body nobody sends: it must be decided and answered
 * the same. Headers that could tell the SDK another host than the URL's are gone: it builds redirects from them.
 */
export function requestForLoaders(request: Request): Request {
  const isAsItIs =
    request.method !== "HEAD" && !forwardingHeaders.some((name) => request.headers.has(name));
  if (isAsItIs) return request;
  const method = request.method === "HEAD" ? "GET" : request.method;
  const copy = new Request(request, { method });
  for (const name of forwardingHeaders) copy.headers.delete(name);
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
