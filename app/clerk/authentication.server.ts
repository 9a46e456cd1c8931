import type { Session } from "./session-claims.server";

/** `rejected` lists invalid cookies and parameters; `cookies` also clears them. */
export type Authentication =
  /** To Clerk's handshake, or to the same URL without invalid parameters. */
  | { kind: "redirect"; location: string; cookies: string[]; rejected: string[] }
  | { kind: "signed-in"; session: Session; cookies: string[]; rejected: string[] }
  | { kind: "signed-out"; cookies: string[]; rejected: string[] };

export function redirectWithout({ url }: Request, parameters: readonly string[]): Authentication {
  const location = new URL(url);
  for (const name of parameters) location.searchParams.delete(name);
  return { kind: "redirect", location: location.href, cookies: [], rejected: [...parameters] };
}

/** Clears the named cookies before Clerk sets new ones. */
export function rejectCookies(
  authentication: Authentication,
  names: readonly string[],
): Authentication {
  if (names.length === 0) return authentication;
  const cleared = names.map((name) => `${name}=; Path=/; Max-Age=0; SameSite=Lax`);
  return {
    ...authentication,
    cookies: [...cleared, ...authentication.cookies],
    rejected: [...authentication.rejected, ...names],
  };
}
