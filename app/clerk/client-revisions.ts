/**
 * What Clerk's cookies say of this browser's client: when it last changed, with and without the suffix of its instance; empty
 * where nobody is signed in. Of another instance on the same host it may tell too, which costs its reader a needless look.
 */
export function clientRevisions(cookies: string): string {
  return cookies
    .split("; ")
    .filter((cookie) => cookie.startsWith("__client_uat") && !cookie.endsWith("=0"))
    .join();
}
