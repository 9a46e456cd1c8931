import type { Environment } from "../env.server";

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
  for (const name of ["_routes", "_data", "index"]) url.searchParams.delete(name);
  return pagePathname(url.pathname) + url.search;
}

/** The path of the page whose data is asked for: Remix's single fetch puts `.data` behind it. */
export function pagePathname(pathname: string): string {
  return pathname.replace(/\.data$/, "").replace(/^\/_root$/, "/");
}
