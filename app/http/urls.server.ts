import type { Environment } from "~/env.server";

const dataSuffix = ".data";
/** Remix's older way to ask for one route's data; a single-fetch application never sends it. */
const legacyDataParameter = "_data";
/**
 * What two readers of one path could disagree on: a broken escape; an escaped slash, backslash, percent or control character;
 * an escaped character that needs no escape; a data suffix with no name before it.
 */
const ambiguous =
  /%(?![0-9a-f]{2})|%(?:[01][0-9a-f]|7f|2[5def]|5c|3\d|4[1-9a-f]|5[0-9af]|6[1-9a-f]|7[0-9ae])|\/\.data(?:\/|$)/i;

/** How a URL is to be taken: as it stands, as another way to write `pathname`, or not at all. */
export type UrlCheck =
  | { kind: "canonical" }
  | { kind: "redirect"; pathname: string }
  | { kind: "invalid" };

/**
 * The only reader of odd URLs, so that the guard and Remix never read one in two ways: spare slashes are another spelling of
 * the path without them, everything else that is ambiguous is no address of ours. Dots were resolved by the URL parser.
 */
export function checkUrl({ pathname, searchParams }: URL): UrlCheck {
  if (searchParams.has(legacyDataParameter)) return { kind: "invalid" };
  if (ambiguous.test(pathname) || !isUtf8(pathname)) return { kind: "invalid" };
  const canonical = pathname.replace(/\/{2,}/g, "/").replace(/(.)\/$/, "$1");
  return canonical === pathname ? { kind: "canonical" } : { kind: "redirect", pathname: canonical };
}

/** Whether a path asks for the data of a page instead of the page: Remix's single fetch puts `.data` behind it. */
export const isDataPath = (pathname: string): boolean => pathname.endsWith(dataSuffix);

/** The path of the page, whether it or its data is asked for. */
export function pagePathname(pathname: string): string {
  if (!isDataPath(pathname)) return pathname;
  const page = pathname.slice(0, -dataSuffix.length);
  return page === "/_root" ? "/" : page;
}

/** Whether a path, however its slashes are written, is among those that answer programs, whether or not there is anything. */
export function isApiPath(pathname: string): boolean {
  return /^\/+api(?:\/|$)/i.test(pathname);
}

/** The same address on this site's own origin, whatever host was asked. */
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
