import type { z } from "zod";
import { addEmail } from "../accounts/email-addresses.ts";
import { mergeMetadata } from "../accounts/metadata.ts";
import { hashPassword } from "../accounts/passwords.ts";
import { endSessionsOfUser, startSession } from "../accounts/sessions.ts";
import { createTicket } from "../accounts/tickets.ts";
import { changeUser, createUser, getUser } from "../accounts/users.ts";
import { productionOrigin } from "../deployment.ts";
import { clientToken } from "../frontend-api/browser-client.ts";
import { clientUat } from "../frontend-api/production-cookies.ts";
import type { Instance } from "../instance.ts";
import { seedDemoAccounts } from "../seed.ts";
import { type Client, clients, createClient } from "../state/clients.ts";
import { newId } from "../state/identifiers.ts";
import { tables } from "../state/schema.ts";
import { type Actor, sessions } from "../state/sessions.ts";
import { normalizeEmail, type User } from "../state/users.ts";
import { mintSessionToken, sessionClaims, tokenLifetimeSeconds } from "../tokens/session-token.ts";
import { foreignSigningKey } from "../tokens/signing-key.ts";
import { resourceNotFound } from "../wire/errors.ts";
import type {
  newUserSchema,
  StartedSession,
  tokenRequestSchema,
  userChangeSchema,
} from "./protocol.ts";

/** Actions of the control API and the control page that Clerk's own APIs do not offer. */

export function createUserFromInput(
  instance: Instance,
  { password, ...input }: z.output<typeof newUserSchema>,
): User {
  return createUser(instance, {
    emailAddresses: input.emailAddresses,
    passwordHash: password === undefined ? null : hashPassword(password),
    firstName: input.firstName ?? null,
    lastName: input.lastName ?? null,
    username: input.username ?? null,
    publicMetadata: input.publicMetadata ?? {},
    privateMetadata: input.privateMetadata ?? {},
    unsafeMetadata: input.unsafeMetadata ?? {},
  });
}

export function updateUserFromInput(
  instance: Instance,
  userId: string,
  change: z.output<typeof userChangeSchema>,
): User {
  const { primaryEmailAddress, password } = change;
  return instance.db.transaction(() => {
    if (primaryEmailAddress !== undefined) makePrimary(instance, userId, primaryEmailAddress);
    if (change.banned) endSessionsOfUser(instance, userId, "revoked");
    const passwordHash = password === undefined ? undefined : hashPassword(password);
    const rest = Object.keys(change).filter((key) => key !== "primaryEmailAddress");
    if (rest.length === 0) return getUser(instance, userId);
    return changeUser(instance, userId, (user) => ({
      firstName: change.firstName === undefined ? user.firstName : change.firstName,
      lastName: change.lastName === undefined ? user.lastName : change.lastName,
      username: change.username === undefined ? user.username : change.username,
      banned: change.banned ?? user.banned,
      locked: change.locked ?? user.locked,
      passwordHash: passwordHash ?? user.passwordHash,
      publicMetadata: mergeMetadata(user.publicMetadata, change.publicMetadata ?? {}),
      privateMetadata: mergeMetadata(user.privateMetadata, change.privateMetadata ?? {}),
      unsafeMetadata: mergeMetadata(user.unsafeMetadata, change.unsafeMetadata ?? {}),
    }));
  });
}

/** Signs the user in on a new browser, like the sign-in page would. */
export function startBrowserSession(
  instance: Instance,
  userId: string,
  appOrigin: string,
  actor?: Actor,
): StartedSession {
  const user = getUser(instance, userId);
  const { id: clientId } = createClient(instance.db, instance.clock);
  const impersonation = actor ? { actor, lifetimeMs: impersonationSeconds * 1000 } : null;
  const session = startSession(instance, clientId, user.id, controlActivity(), {
    impersonation,
  });
  const client = clients.find(instance.db, clientId);
  if (client === undefined) throw resourceNotFound("client", clientId);
  const token = mintSessionToken(instance, session, appOrigin);
  return {
    sessionId: session.id,
    userId: user.id,
    devBrowserId: client.devBrowserId,
    token,
    cookies: siteCookies(instance, client, token),
  };
}

/** With a proxy, the site's host is that of the `__client` cookie, too. */
function siteCookies(instance: Instance, client: Client, token: string): Record<string, string> {
  const { setup, isProduction, cookieSuffix } = instance.deployment;
  const values = {
    __session: token,
    __client_uat: `${clientUat(instance, client)}`,
    ...(isProduction ? {} : { __clerk_db_jwt: client.devBrowserId }),
  };
  const suffixed = Object.entries(values).map(([name, value]) => [
    `${name}_${cookieSuffix}`,
    value,
  ]);
  const hidden = setup === "proxy" ? { __client: clientToken(instance, client) } : {};
  return { ...values, ...Object.fromEntries(suffixed), ...hidden };
}

/** Clerk's default. */
const impersonationSeconds = 1_800;

/** An actor token of a fictitious administrator, like the dashboard's "Sign in as user". */
export function createDashboardActorToken(instance: Instance, userId: string) {
  const actor = { iss: "https://dashboard.clerk.com", sub: "user_dashboard" };
  return createTicket(instance, {
    userId,
    lifetimeSeconds: 3_600,
    impersonation: { actor, sessionSeconds: impersonationSeconds },
  });
}

/** A session token with the requested overrides, for example an invalid one. */
export function mintCustomToken(
  instance: Instance,
  request: z.output<typeof tokenRequestSchema>,
): string {
  const session = sessions.find(instance.db, request.sessionId);
  if (session === undefined) throw resourceNotFound("session", request.sessionId);
  const azp = request.azp === undefined ? defaultAppOrigin(instance) : request.azp;
  const claims = sessionClaims(instance, session, azp ?? undefined);
  const { issuedAt } = request;
  if (issuedAt !== undefined) {
    const exp = issuedAt + tokenLifetimeSeconds;
    Object.assign(claims, { iat: issuedAt, nbf: issuedAt - 10, exp });
  }
  const key = request.key === "foreign" ? foreignSigningKey() : instance.signingKey;
  return key.sign({ ...claims, ...request.claims });
}

/** Deletes everything except keys and settings. */
export function resetState(instance: Instance, options: { seed: boolean }): void {
  instance.db.transaction(() => {
    for (const table of tables) instance.db.statement(`DELETE FROM ${table}`).run();
    if (options.seed) seedDemoAccounts(instance);
  });
  instance.dispatcher.wake();
}

/** In development that of the webhook URL, because the app receives the webhooks. */
export function defaultAppOrigin(instance: Instance): string {
  if (instance.deployment.isProduction) return productionOrigin;
  return new URL(instance.settings().webhooks.url).origin;
}

function makePrimary(instance: Instance, userId: string, address: string): void {
  const existing = getUser(instance, userId).emailAddresses.find(
    (email) => email.emailAddress === normalizeEmail(address),
  );
  if (existing === undefined) {
    addEmail(instance, userId, address, { verified: true, primary: true });
    return;
  }
  changeUser(instance, userId, (user) => ({
    primaryEmailAddressId: existing.id,
    emailAddresses: user.emailAddresses.map((email) =>
      email.id === existing.id ? { ...email, verified: true } : email,
    ),
  }));
}

function controlActivity() {
  return {
    id: newId("sess_activity"),
    browserName: "local Clerk",
    browserVersion: null,
    deviceType: "control API",
    ipAddress: "127.0.0.1",
    isMobile: false,
  };
}
