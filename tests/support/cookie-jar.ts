import { sendRaw } from "./raw-request.ts";

export interface Hop {
  path: string;
  status: number;
  body: string;
}

/** A browser without JavaScript that keeps cookies by name and follows redirects. */
export function createCookieBrowser(origin: string, cookies: Record<string, string> = {}) {
  const jar = new Map(Object.entries(cookies));
  return {
    jar,
    /** Loads a page and follows redirects; returns all responses, the page last. */
    async open(path: string, headers: Record<string, string> = {}): Promise<Hop[]> {
      const hops: Hop[] = [];
      for (let next: string | null = path; next !== null && hops.length < 12; ) {
        const response = await sendRaw({
          origin,
          path: next,
          headers: { ...documentHeaders, ...headers, Cookie: cookieText(jar) },
        });
        for (const cookie of response.headers.getSetCookie()) keep(jar, cookie);
        hops.push({ path: next, status: response.status, body: response.body });
        const location: string | null = response.headers.get("location");
        next = location && pathOf(new URL(location, origin));
      }
      return hops;
    },
  };
}

const documentHeaders = { Accept: "text/html", "Sec-Fetch-Dest": "document" };

const pathOf = ({ pathname, search }: URL) => pathname + search;

const cookieText = (jar: Map<string, string>) =>
  [...jar].map(([name, value]) => `${name}=${value}`).join("; ");

function keep(jar: Map<string, string>, setCookie: string): void {
  const [pair = "", ...attributes] = setCookie.split(/; */);
  const [name = "", value = ""] = pair.split(/=(.*)/);
  const isExpired = attributes.some((text) =>
    /^(Max-Age=0|Expires=Thu, 01 Jan 1970.*)$/i.test(text),
  );
  if (isExpired) jar.delete(name);
  else jar.set(name, value);
}
