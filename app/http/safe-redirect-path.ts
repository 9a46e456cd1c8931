const base = "http://same-origin.invalid";
// biome-ignore lint/suspicious/noControlCharactersInRegex: rejects control characters
const unsafe = /[\\\x00-\x1f\x7f]/;

/** Accepts only paths of this site, before and after URL normalization. */
export function safeRedirectPath(target: string | null | undefined, fallback: string): string {
  if (!target?.startsWith("/") || target.startsWith("//") || unsafe.test(target)) return fallback;
  if (!URL.canParse(target, base)) return fallback;
  const url = new URL(target, base);
  const path = `${url.pathname}${url.search}${url.hash}`;
  return url.origin === base && !path.startsWith("//") ? path : fallback;
}
