import { html } from "hono/html";
import {
  emptyCard,
  type Html,
  layout,
  pager,
  time,
} from "../../../local-service/control/layout.ts";
import type { Instance } from "../../instance.ts";
import { type Session, sessions, statusOf } from "../../state/sessions.ts";
import { users } from "../../state/users.ts";
import { displayName } from "./users-page.ts";

const perPage = 50;

export function sessionsPage(instance: Instance, page: number): Html {
  const tail = "ORDER BY created_at DESC LIMIT ? OFFSET ?";
  const found = sessions.select(instance.db, tail, perPage + 1, (page - 1) * perPage);
  return layout(
    instance,
    "/sessions",
    "Sessions",
    html`<h1>Sessions</h1>
    ${
      found.length === 0
        ? emptyCard("No sessions yet.")
        : html`<ul class="card rows">
            ${found.slice(0, perPage).map((session) => sessionRow(instance, session))}
          </ul>`
    }
    ${pager("/sessions", page, found.length > perPage)}`,
  );
}

export function sessionRow(instance: Instance, session: Session): Html {
  const user = users.find(instance.db, session.userId);
  const status = statusOf(session, instance.clock.now());
  const { browserName, deviceType } = session.activity;
  return html`<li>
    <div class="main">
      ${
        user === undefined
          ? html`<span class="title">Deleted user</span>`
          : html`<a class="title" href="/users/${user.id}">${displayName(user)}</a>`
      }
      <span class="muted">${[browserName, deviceType].filter(Boolean).join(" on ") || "Unknown device"},
        since ${time(session.createdAt)}</span>
      <code class="muted">${session.id}</code>
    </div>
    <span class="tag ${status === "active" ? "good" : ""}">${status}</span>
    ${
      status === "active"
        ? html`<form class="inline" method="post" action="/sessions/${session.id}/revoke">
            <button>Revoke</button></form>`
        : ""
    }
  </li>`;
}
