import { html } from "hono/html";
import { emptyCard, type Html, layout, pager } from "../../../local-service/control/layout.ts";
import type { Instance } from "../../instance.ts";
import { countUsers, listUsers } from "../../state/user-list.ts";
import { primaryEmail, type User } from "../../state/users.ts";
import { userJson } from "../../wire/user-json.ts";

const perPage = 50;

export function usersPage(instance: Instance, query: string, page: number): Html {
  const filter = query === "" ? {} : { query };
  const users = listUsers(instance.db, filter, {
    orderBy: "created_at",
    descending: true,
    limit: perPage,
    offset: (page - 1) * perPage,
  });
  const count = countUsers(instance.db, filter);
  const path = query === "" ? "/" : `/?q=${encodeURIComponent(query)}`;
  return layout(
    instance,
    "/",
    "Users",
    html`<div class="head">
      <h1>Users <span class="muted">${count}</span></h1>
      <form class="inline" role="search">
        <input type="search" name="q" value="${query}" placeholder="Name, email or ID" aria-label="Search users">
      </form>
    </div>
    ${
      users.length === 0
        ? emptyCard(query === "" ? "No users yet." : "No users match.")
        : html`<ul class="card rows">${users.map(row)}</ul>`
    }
    ${pager(path, page, page * perPage < count)}
    ${newUserForm()}`,
  );
}

function row(user: User): Html {
  const { role } = user.publicMetadata;
  return html`<li>
    <img class="avatar" src="${userJson(user).image_url}" alt="">
    <div class="main">
      <a class="title" href="/users/${user.id}">${displayName(user)}</a>
      <span class="muted">${primaryEmail(user)?.emailAddress ?? "No email address"}</span>
    </div>
    ${typeof role === "string" ? html`<span class="tag">${role}</span>` : ""}
    ${user.banned ? html`<span class="tag bad">banned</span>` : ""}
    ${user.locked ? html`<span class="tag pending">locked</span>` : ""}
  </li>`;
}

export function displayName(user: User): string {
  const name = [user.firstName, user.lastName].filter(Boolean).join(" ");
  return name || user.username || primaryEmail(user)?.emailAddress || user.id;
}

function newUserForm(): Html {
  return html`<details class="card pad">
    <summary>New user</summary>
    <form method="post" action="/users">
      <div class="fields">
        <label>Email address <input type="email" name="email" required></label>
        <label>Password <input name="password" minlength="8" autocomplete="off"></label>
        <label>First name <input name="firstName"></label>
        <label>Last name <input name="lastName"></label>
        <label class="wide">Public metadata <textarea name="publicMetadata">{}</textarea></label>
      </div>
      <div><button class="primary">Create user</button></div>
    </form>
  </details>`;
}
