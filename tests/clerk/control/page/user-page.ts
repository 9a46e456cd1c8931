import { html } from "hono/html";
import { emptyCard, type Html, layout, time } from "../../../local-service/control/layout.ts";
import { messageRow } from "../../../local-service/control/webhooks-page.ts";
import { listMessages } from "../../../local-service/webhooks/messages.ts";
import { getUser } from "../../accounts/users.ts";
import type { Instance } from "../../instance.ts";
import { sessions } from "../../state/sessions.ts";
import type { User } from "../../state/users.ts";
import { describeSubject } from "./describe-subject.ts";
import { sessionRow } from "./sessions-page.ts";
import { displayName } from "./users-page.ts";

const maxSessions = 20;
const maxMessages = 20;

/** Throws 404 for an unknown user. */
export function userPage(instance: Instance, userId: string): Html {
  const user = getUser(instance, userId);
  const userSessions = sessions.select(
    instance.db,
    "WHERE user_id = ? ORDER BY created_at DESC LIMIT ?",
    userId,
    maxSessions,
  );
  const messages = listMessages(instance.db, { subjectId: userId, limit: maxMessages });
  return layout(
    instance,
    "/",
    displayName(user),
    html`<div class="head">
      <h1>${displayName(user)}</h1>
      <div class="inline">
        ${signInAsForm(user)} ${lockForm(user)} ${banForm(user)} ${deleteForm(user)}
      </div>
    </div>
    ${userDetails(user)}
    ${editForm(user)}
    <h2>Sessions</h2>
    ${
      userSessions.length === 0
        ? emptyCard("No sessions yet.")
        : html`<ul class="card rows">
            ${userSessions.map((session) => sessionRow(instance, session))}
          </ul>`
    }
    <h2>Webhooks</h2>
    <ul class="card rows">${messages.map((message) => messageRow(instance, message, describeSubject(message)))}</ul>`,
  );
}

function userDetails(user: User): Html {
  const addresses = user.emailAddresses.map(
    (email) => html`<div>${email.emailAddress}
      ${email.id === user.primaryEmailAddressId ? html`<span class="tag">primary</span>` : ""}
      ${email.verified ? "" : html`<span class="tag pending">unverified</span>`}
    </div>`,
  );
  return html`<section class="card pad"><dl>
    <dt>ID</dt><dd><code>${user.id}</code></dd>
    <dt>Email</dt><dd>${addresses.length === 0 ? "none" : addresses}</dd>
    <dt>Password</dt><dd>${user.passwordHash === null ? "none" : "set"}</dd>
    <dt>Created</dt><dd>${time(user.createdAt)}</dd>
    <dt>Updated</dt><dd>${time(user.updatedAt)} <code>${user.updatedAt}</code></dd>
    <dt>Status</dt><dd>${user.banned ? "banned" : "active"}${user.locked ? ", locked" : ""}</dd>
    <dt>Last sign-in</dt><dd>${time(user.lastSignInAt)}</dd>
  </dl></section>`;
}

function editForm(user: User): Html {
  const pretty = (value: unknown) => JSON.stringify(value, null, 2);
  return html`<form class="card pad" method="post" action="/users/${user.id}">
    <div class="fields">
      <label>First name <input name="firstName" value="${user.firstName ?? ""}"></label>
      <label>Last name <input name="lastName" value="${user.lastName ?? ""}"></label>
      <label>Public metadata
        <textarea name="publicMetadata">${pretty(user.publicMetadata)}</textarea></label>
      <label>Private metadata
        <textarea name="privateMetadata">${pretty(user.privateMetadata)}</textarea></label>
    </div>
    <div><button class="primary">Save changes</button>
      <span class="muted">Sends user.updated</span></div>
  </form>`;
}

function signInAsForm(user: User): Html {
  return html`<form class="inline" method="post" action="/users/${user.id}/sign-in-as">
    <button>Sign in as user</button></form>`;
}

function banForm(user: User): Html {
  const action = user.banned ? "unban" : "ban";
  return html`<form class="inline" method="post" action="/users/${user.id}/${action}">
    <button>${user.banned ? "Unban" : "Ban"}</button></form>`;
}

function lockForm(user: User): Html {
  const action = user.locked ? "unlock" : "lock";
  return html`<form class="inline" method="post" action="/users/${user.id}/${action}">
    <button>${user.locked ? "Unlock" : "Lock"}</button></form>`;
}

function deleteForm(user: User): Html {
  return html`<form class="inline" method="post" action="/users/${user.id}/delete">
    <button class="danger">Delete user</button></form>`;
}
