import type { Environment } from "~/env.server";
import { pagePathname } from "./urls.server";

export const afterSignInPath = "/dashboard";
const syncUsersPath = "/api/clerk/syncUsers";

/** Returns to the requested page after sign-in. */
export function signInUrl(request: Request, { CLERK_SIGN_IN_URL }: Environment): string {
  return `${CLERK_SIGN_IN_URL}?${new URLSearchParams({ redirect_url: pagePath(request) })}`;
}

/** Provisions a user without a row, then returns to the requested page. */
export function syncUsersUrl(request: Request): string {
  return `${syncUsersPath}?${new URLSearchParams({ redirect_url: pagePath(request) })}`;
}

/** The URL in the address bar; after a form post, the page of the form. */
function pagePath(request: Request): string {
  const url = new URL(request.url);
  for (const name of ["_routes", "index"]) url.searchParams.delete(name);
  return pagePathname(url.pathname) + url.search;
}
