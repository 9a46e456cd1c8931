/**
 * Normalizes a request from ClerkJS, which sends PATCH, PUT and DELETE as `POST …?_method=` and
 * some paths with a trailing slash.
 */
export async function applyMethodOverride(request: Request): Promise<Request> {
  const url = new URL(request.url);
  const override = url.searchParams.get("_method");
  const method = request.method === "POST" && override ? override.toUpperCase() : request.method;
  const pathname = url.pathname.replace(/(?<=.)\/+$/, "");
  if (method === request.method && pathname === url.pathname) return request;
  url.pathname = pathname;
  const body = request.method === "POST" ? await request.text() : null;
  return new Request(url, { method, headers: request.headers, body });
}
