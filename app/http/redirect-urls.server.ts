import type { Environment } from "~/env.server";
import { pagePathname } from "./urls.server";

export const afterSignInPath = "/dashboard";
const syncUsersPath = "/api/clerk/syncUsers";

/** Sign-in, coming back to the page that was asked for. */
export function signInUrl(request: Request, { CLERK_SIGN_IN_URL }: Environment): string {
  return `${CLERK_SIGN_IN_URL}?${new URLSearchParams({ redirect_url: pagePath(request) })}`;
}

/** The one stop of a person who has a session and no row yet, coming back to the page that was asked for. */
export function syncUsersUrl(request: Request): string {
  return `${syncUsersPath}?${new URLSearchParams({ redirect_url: pagePath(request) })}`;
}

/** The page behind a request, as a person would see it in the address bar; after a form post, the page of the form. */
function pagePath(request: Request): string {
  const url = new URL(request.url);
  for (const name of ["_routes", "index"]) url.searchParams.delete(name);
  return pagePathname(url.pathname) + url.search;
}
