import type { Context } from "hono";
import type { z } from "zod";
import type { Instance } from "../instance.ts";
import type { Client } from "../state/clients.ts";
import { newId } from "../state/identifiers.ts";
import { type Activity, isActive, type Session, sessions } from "../state/sessions.ts";
import { clientJson } from "../wire/client-json.ts";
import { resourceNotFound, signedOut } from "../wire/errors.ts";
import { readBody } from "../wire/request-body.ts";
import { validate } from "../wire/validate.ts";
import { findClient, requireClient } from "./browser-client.ts";

/** The session of the request. Throws 401 if it has ended, on which ClerkJS signs out. */
export function requireSession(instance: Instance, c: Context): Session {
  const client = requireClient(instance, c);
  const id = c.req.query("_clerk_session_id") ?? client.lastActiveSessionId;
  return sessionOfClient(instance, client, id);
}

/** Throws 401 unless it is an active session of this browser. */
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

/** `azp` from the `Origin` header, which navigations and same-origin GETs do not send. */
export function authorizedParty(c: Context): string | undefined {
  return originOf(c.req.header("origin"));
}

function originOf(url: string | undefined): string | undefined {
  const parsed = url === undefined ? null : URL.parse(url);
  return parsed === null || parsed.origin === "null" ? undefined : parsed.origin;
}

/** Validates the form fields. Throws 422 naming an invalid field. */
export async function parseForm<Form>(c: Context, schema: z.ZodType<Form>): Promise<Form> {
  const body = await readBody(c, "application/x-www-form-urlencoded");
  return validate(schema, Object.fromEntries(new URLSearchParams(body)));
}

/** Sends the resource together with the current client, like every Clerk response. */
export function respond(instance: Instance, c: Context, response: unknown): Response {
  const client = findClient(instance, c);
  const currentClient =
    client === undefined ? null : clientJson(instance, client, authorizedParty(c));
  return c.json({ response, client: currentClient });
}

export function pathId(c: Context): string {
  const id = c.req.param("id");
  if (id === undefined) throw resourceNotFound("resource", "");
  return id;
}

/** Device information for the list of active sessions. */
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
