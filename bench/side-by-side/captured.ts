import { decode } from "turbo-stream";
import * as z from "zod";
import type { BenchContext, Site } from "./sites.ts";
import { signedOutCookies, signIn } from "./visitors.ts";

const pageSchema = z.record(z.string(), z.object({ data: z.unknown() }));

/**
 * Captures the application's loader data as JSON, so that rivals render the same pages. Omits
 * Clerk's state.
 */
export async function capturePages(site: Site, benchContext: BenchContext): Promise<string> {
  const { admin, returningUsers } = benchContext.people;
  const [person = admin] = returningUsers;
  const signedIn = await signIn(site, benchContext, person);
  const asAdmin = await signIn(site, benchContext, admin);
  const me = await fetch(`${site.origin}/api/me`, { headers: signedIn });
  return JSON.stringify({
    "/": await capture(site, "/_root.data", await signedOutCookies(site, benchContext)),
    "/dashboard": await capture(site, "/dashboard.data", signedIn),
    "/admin/users": await capture(site, "/admin/users.data", asAdmin),
    "/api/me": { "routes/api.me": await me.json() },
  });
}

async function capture(site: Site, path: string, headers: Record<string, string>) {
  const response = await fetch(`${site.origin}${path}`, { headers });
  if (!response.ok || !response.body) throw new Error(`${path} responded with ${response.status}`);
  const { value, done } = await decode(response.body);
  await done;
  const routes = Object.entries(pageSchema.parse(value)).map(([id, { data }]) => [
    id,
    data instanceof Object ? { ...data, clerkState: undefined } : {},
  ]);
  return Object.fromEntries(routes);
}
