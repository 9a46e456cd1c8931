import { sendRaw } from "./raw-request.ts";

export interface Stop {
  path: string;
  status: number;
  body: string;
}

/** A browser without scripts: it keeps cookies by name and follows redirects of documents. */
export function createBrowsing(origin: string, cookies: Record<string, string> = {}) {
  const jar = new Map(Object.entries(cookies));
  return {
    jar,
    /** Loads a page and follows redirects; every answer on the way, the page last. */
    async open(path: string, headers: Record<string, string> = {}): Promise<Stop[]> {
      const stops: Stop[] = [];
      for (let next: string | null = path; next !== null && stops.length < 12; ) {
        const response = await sendRaw({
          origin,
          path: next,
          headers: { ...documentHeaders, ...headers, Cookie: cookieText(jar) },
        });
        for (const cookie of response.headers.getSetCookie()) keep(jar, cookie);
        stops.push({ path: next, status: response.status, body: response.body });
        const location: string | null = response.headers.get("location");
        next = location && pathOf(new URL(location, origin));
      }
      return stops;
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
  const isGone = attributes.some((text) => /^(Max-Age=0|Expires=Thu, 01 Jan 1970.*)$/i.test(text));
  if (isGone) jar.delete(name);
  else jar.set(name, value);
}
