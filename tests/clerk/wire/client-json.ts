import type { Instance } from "../instance.ts";
import { signIns, signUps } from "../state/attempts.ts";
import type { Client } from "../state/clients.ts";
import { activeSessionsOfClient } from "../state/sessions.ts";
import { frontendSessionJson } from "./session-json.ts";
import { signInJson } from "./sign-in-json.ts";
import { signUpJson } from "./sign-up-json.ts";

/** The client resource that every Frontend API response includes. */
export function clientJson(instance: Instance, client: Client, authorizedParty?: string) {
  const { db } = instance;
  const sessions = activeSessionsOfClient(db, client.id, instance.clock.now());
  const signUp = client.signUpId === null ? undefined : signUps.find(db, client.signUpId);
  const signIn = client.signInId === null ? undefined : signIns.find(db, client.signInId);
  const lastActive = sessions.find((session) => session.id === client.lastActiveSessionId);
  return {
    id: client.id,
    object: "client",
    sessions: sessions.map((session) => frontendSessionJson(instance, session, authorizedParty)),
    sign_up: signUp === undefined || signUp.createdUserId ? null : signUpJson(instance, signUp),
    sign_in:
      signIn === undefined || signIn.status === "complete" ? null : signInJson(instance, signIn),
    last_active_session_id: (lastActive ?? sessions.at(-1))?.id ?? null,
    last_authentication_strategy: client.lastStrategy,
    cookie_expires_at: null,
    captcha_bypass: true,
    created_at: client.createdAt,
    updated_at: client.updatedAt,
  };
}
