import { decode } from "turbo-stream";
import * as z from "zod";
import type { Site, Surroundings } from "./sites.ts";
import { signIn, stayAnonymous } from "./visitors.ts";

const pageSchema = z.record(z.string(), z.object({ data: z.unknown() }));

/**
 * What the application's loaders return for the pages that rivals have too, as JSON: each rival shows the same page with it,
 * however the application's pages change. What the application knows from Clerk alone is left out.
 */
export async function capturePages(site: Site, surroundings: Surroundings): Promise<string> {
  const { admin, regulars } = surroundings.people;
  const [person = admin] = regulars;
  const signedIn = await signIn(site, surroundings, person);
  const asAdmin = await signIn(site, surroundings, admin);
  const me = await fetch(`${site.origin}/api/me`, { headers: signedIn });
  return JSON.stringify({
    "/": await capture(site, "/_root.data", await stayAnonymous(site, surroundings)),
    "/dashboard": await capture(site, "/dashboard.data", signedIn),
    "/admin/users": await capture(site, "/admin/users.data", asAdmin),
    "/api/me": { "routes/api.me": await me.json() },
  });
}

async function capture(site: Site, path: string, headers: Record<string, string>) {
  const response = await fetch(`${site.origin}${path}`, { headers });
  if (!response.ok || !response.body) throw new Error(`${path} answered ${response.status}`);
  const { value, done } = await decode(response.body);
  await done;
  const routes = Object.entries(pageSchema.parse(value)).map(([id, { data }]) => [
    id,
    data instanceof Object ? { ...data, clerkState: undefined } : {},
  ]);
  return Object.fromEntries(routes);
}

/** @throws when two documents do not show the same: their content has other elements. */
export function expectSamePage(label: string, html: string, expected: string): void {
  const [found, wanted] = [elementsOf(html), elementsOf(expected)];
  if (found !== wanted || wanted === "") {
    throw new Error(`${label} shows another page:\n${found}\ninstead of\n${wanted}`);
  }
}

function elementsOf(html: string): string {
  const [content = ""] = /<main [\s\S]*<\/main>/.exec(html) ?? [];
  return [...content.matchAll(/<(\w+)/g)].map(([, name]) => name).join(" ");
}
