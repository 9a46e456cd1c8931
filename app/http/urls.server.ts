import type { Environment } from "~/env.server";

const dataSuffix = ".data";
/** Remix's legacy data parameter; single fetch never sends it. */
const legacyDataParameter = "_data";
/**
 * Paths that two parsers could read differently: invalid or unnecessary escapes, escaped delimiters
 * and control characters, an empty data suffix.
 */
const ambiguous =
  /%(?![0-9a-f]{2})|%(?:[01][0-9a-f]|7f|2[5def]|5c|3\d|4[1-9a-f]|5[0-9af]|6[1-9a-f]|7[0-9ae])|\/\.data(?:\/|$)/i;

export type UrlCheck =
  | { kind: "canonical" }
  | { kind: "redirect"; pathname: string }
  | { kind: "invalid" };

/** Makes the guard and Remix agree: extra slashes redirect, other ambiguous URLs are invalid. */
export function checkUrl({ pathname, searchParams }: URL): UrlCheck {
  if (searchParams.has(legacyDataParameter)) return { kind: "invalid" };
  if (ambiguous.test(pathname) || !isUtf8(pathname)) return { kind: "invalid" };
  const canonical = pathname.replace(/\/{2,}/g, "/").replace(/(.)\/$/, "$1");
  return canonical === pathname ? { kind: "canonical" } : { kind: "redirect", pathname: canonical };
}

/** Remix's single fetch appends `.data` to the path of a page. */
export const isDataPath = (pathname: string): boolean => pathname.endsWith(dataSuffix);

/** Removes the `.data` suffix, if any. */
export function pagePathname(pathname: string): string {
  if (!isDataPath(pathname)) return pathname;
  const page = pathname.slice(0, -dataSuffix.length);
  return page === "/_root" ? "/" : page;
}

/** True below `/api`, even with extra slashes or other capitalization. */
export function isApiPath(pathname: string): boolean {
  return /^\/+api(?:\/|$)/i.test(pathname);
}

/** Replaces the origin with this site's own. */
export function onCanonicalOrigin(url: URL, { SERVER_URL }: Environment): string {
  return `${SERVER_URL}${url.pathname}${url.search}`;
}

function isUtf8(pathname: string): boolean {
  try {
    decodeURIComponent(pathname);
    return true;
  } catch {
    return false;
  }
}
