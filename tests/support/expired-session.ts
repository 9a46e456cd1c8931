import type { Page } from "playwright-core";
import * as z from "zod";
import type { Platform } from "./platform.ts";

type Services = Pick<Platform, "clerk" | "appOrigin">;

const claimsSchema = z.object({ sid: z.string() });

/** Replaces the browser's session token with one of the same session that has expired. */
export async function expireSessionToken(
  page: Page,
  { clerk, appOrigin }: Services,
): Promise<void> {
  const cookies = await sessionCookies(page, appOrigin);
  const issuedAt = Math.floor(Date.now() / 1000) - 3_600;
  const sessionId = sessionIdIn(cookies[0]?.value);
  const token = await clerk.mintSessionToken({ sessionId, azp: appOrigin, issuedAt });
  await page.context().addCookies(cookies.map((cookie) => ({ ...cookie, value: token })));
}

/** Ends the browser's session at Clerk, and lets its token expire. */
export async function endSession(page: Page, services: Services): Promise<void> {
  const cookies = await sessionCookies(page, services.appOrigin);
  await services.clerk.revokeSession(sessionIdIn(cookies[0]?.value));
  await expireSessionToken(page, services);
}

/** Signs a user in on this browser without the sign-in page. Leaves the current page. */
export async function startSession(
  page: Page,
  { clerk, appOrigin }: Services,
  emailAddress: string,
): Promise<void> {
  const [user] = await clerk.listUsers({ emailAddress });
  if (!user) throw new Error(`Clerk does not know ${emailAddress}`);
  // ClerkJS, while it loads, replaces cookies of a session that it does not know.
  await page.goto(`${appOrigin}/robots.txt`);
  const { cookies } = await clerk.createSession({ userId: user.id, appOrigin });
  const values = Object.entries(cookies).map(([name, value]) => ({ name, value, url: appOrigin }));
  await page.context().addCookies(values);
}

async function sessionCookies(page: Page, origin: string) {
  const cookies = await page.context().cookies(origin);
  return cookies.filter(({ name }) => name.startsWith("__session"));
}

function sessionIdIn(token = ""): string {
  const [, payload = ""] = token.split(".");
  return claimsSchema.parse(JSON.parse(Buffer.from(payload, "base64url").toString())).sid;
}
