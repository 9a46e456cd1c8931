import * as z from "zod";
import { cookieHeader } from "../../tests/support/signed-in-user.ts";
import type { Person } from "./people.ts";
import { type BenchContext, controlOf, type Site } from "./sites.ts";

type Cookies = Record<string, string>;

/** Cookies of a signed-in browser. Session tokens expire after a minute. */
export async function signIn(
  site: Site,
  benchContext: BenchContext,
  person: Person,
): Promise<Record<string, string>> {
  if (site.signIn === "clerk") {
    const { cookies } = await controlOf(benchContext).createSession({
      userId: person.clerkUserId,
      appOrigin: site.origin,
    });
    return cookieHeader(cookies);
  }
  return site.signIn === "better-auth" ? cookieHeader(await signInToBetterAuth(site, person)) : {};
}

/** Cookies of a signed-out browser that has visited before, which avoids Clerk's handshake. */
export async function signedOutCookies(
  site: Site,
  benchContext: BenchContext,
): Promise<Record<string, string>> {
  if (site.signIn !== "clerk") return {};
  const { cookies } = await controlOf(benchContext).createSession({
    userId: benchContext.people.admin.clerkUserId,
    appOrigin: site.origin,
  });
  const kept = Object.entries(cookies).filter(([name]) => !name.startsWith("__session"));
  return cookieHeader(
    Object.fromEntries(
      kept.map(([name, value]) => [name, name.startsWith("__client_uat") ? "0" : value]),
    ),
  );
}

const cookieJars = new WeakMap<Site, Map<string, Cookies>>();

async function signInToBetterAuth(site: Site, { email }: Person): Promise<Cookies> {
  const jars = cookieJars.get(site) ?? new Map<string, Cookies>();
  cookieJars.set(site, jars);
  const cookies = jars.get(email);
  const password = "a-password-of-this-benchmark";
  const response = cookies
    ? await fetch(`${site.origin}/api/auth/get-session?disableCookieCache=true`, {
        headers: cookieHeader(cookies),
      })
    : await fetch(`${site.origin}/api/auth/sign-up/email`, {
        method: "POST",
        headers: { "Content-Type": "application/json", Origin: site.origin },
        body: JSON.stringify({ email, password, name: "Ada Lovelace" }),
      });
  z.object({ user: z.object({ email: z.literal(email) }) }).parse(await response.json());
  const set = response.headers.getSetCookie().map((cookie) => {
    const [name = "", value = ""] = cookie.split(";", 1)[0]?.split(/=(.*)/) ?? [];
    return [name, value];
  });
  const jar: Cookies = { ...cookies, ...Object.fromEntries(set) };
  jars.set(email, jar);
  return jar;
}
