import { createHash } from "node:crypto";
import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import type { z } from "zod";
import { localClerkKeys } from "../environment.ts";
import type { Instance } from "../instance.ts";
import { type Client, findClientByDevBrowser } from "../state/clients.ts";
import { newId } from "../state/identifiers.ts";
import { type Activity, isActive, type Session, sessions } from "../state/sessions.ts";
import { clientJson } from "../wire/client-json.ts";
import { devBrowserUnauthenticated, resourceNotFound, signedOut } from "../wire/errors.ts";
import { validate } from "../wire/validate.ts";

/** Suffix that keeps the cookies of several Clerk instances on one host apart. */
export const cookieSuffix = createHash("sha1")
  .update(localClerkKeys.publishableKey)
  .digest("base64url")
  .slice(0, 8);

/** The browser's id: from the query, where ClerkJS puts it, else from its cookies. */
function devBrowserId(c: Context): string | undefined {
  return (
    c.req.query("__clerk_db_jwt") ||
    getCookie(c, `__clerk_db_jwt_${cookieSuffix}`) ||
    getCookie(c, "__clerk_db_jwt")
  );
}

export function findClient(instance: Instance, c: Context): Client | undefined {
  const id = devBrowserId(c);
  return id === undefined ? undefined : findClientByDevBrowser(instance.db, id);
}

/** The browser that asks. Throws 401 `dev_browser_unauthenticated`; ClerkJS then makes a new one. */
export function requireClient(instance: Instance, c: Context): Client {
  const client = findClient(instance, c);
  if (client === undefined) throw devBrowserUnauthenticated();
  return client;
}

/** The session that the request speaks for. Throws 401 when it has ended: ClerkJS signs out. */
export function requireSession(instance: Instance, c: Context): Session {
  const client = requireClient(instance, c);
  const id = c.req.query("_clerk_session_id") ?? client.lastActiveSessionId;
  return sessionOfClient(instance, client, id);
}

/** An active session of this browser. Throws 401. */
export function sessionOfClient(
  instance: Instance,
  client: Client,
  sessionId: string | null,
): Session {
  const session = sessionId === null ? undefined : sessions.find(instance.db, sessionId);
  if (session?.clientId !== client.id || !isActive(session, instance.clock.now()))
    throw signedOut();
  return session;
}

/** `azp`, as Clerk derives it: the `Origin` header, which navigations and same-origin reads lack. */
export function authorizedParty(c: Context): string | undefined {
  return originOf(c.req.header("origin"));
}

function originOf(url: string | undefined): string | undefined {
  const parsed = url === undefined ? null : URL.parse(url);
  return parsed === null || parsed.origin === "null" ? undefined : parsed.origin;
}

/** The form fields, checked. Throws 422 naming the first field that is wrong. */
export async function parseForm<Form>(c: Context, schema: z.ZodType<Form>): Promise<Form> {
  return validate(schema, await c.req.parseBody());
}

/** The envelope of every answer: the resource, and the client as it is now. */
export function answer(instance: Instance, c: Context, response: unknown): Response {
  const client = findClient(instance, c);
  const piggybacked =
    client === undefined ? null : clientJson(instance, client, authorizedParty(c));
  return c.json({ response, client: piggybacked });
}

export function pathId(c: Context): string {
  const id = c.req.param("id");
  if (id === undefined) throw resourceNotFound("resource", "");
  return id;
}

/** What is known of the device, for the list of active sessions. */
export function activityOf(c: Context): Activity {
  const agent = c.req.header("user-agent") ?? "";
  const [, browserName, browserVersion] = /(Firefox|Edg|Chrome|Safari)\/([\d.]+)/.exec(agent) ?? [];
  const deviceType = /\((?:[^;)]*; )?([^;)]+)/.exec(agent)?.[1];
  return {
    id: newId("sess_activity"),
    browserName: browserName ?? null,
    browserVersion: browserVersion ?? null,
    deviceType: deviceType ?? null,
    ipAddress: c.req.header("x-forwarded-for")?.split(",")[0]?.trim() ?? "127.0.0.1",
    isMobile: /Mobile/.test(agent),
  };
}
