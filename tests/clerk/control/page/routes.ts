import { Hono, type MiddlewareHandler } from "hono";
import { html } from "hono/html";
import { endSession } from "../../accounts/sessions.ts";
import { changeUser, deleteUser } from "../../accounts/users.ts";
import { banUser } from "../../backend-api/user-changes.ts";
import { parseForm } from "../../frontend-api/request.ts";
import type { Instance } from "../../instance.ts";
import { sessions } from "../../state/sessions.ts";
import { settingsPatchSchema } from "../../state/settings.ts";
import { findMessage } from "../../webhooks/messages.ts";
import { ClerkError, resourceNotFound } from "../../wire/errors.ts";
import { validate } from "../../wire/validate.ts";
import { createUserFromInput, resetState } from "../actions.ts";
import { localRequestsOnly } from "../guard.ts";
import { chaosRoutes } from "./chaos-routes.ts";
import { emailsPage } from "./emails-page.ts";
import { newUserForm, settingsForm, userForm } from "./forms.ts";
import { layout } from "./layout.ts";
import { sessionsPage } from "./sessions-page.ts";
import { settingsPage } from "./settings-page.ts";
import { styles } from "./styles.ts";
import { userPage } from "./user-page.ts";
import { usersPage } from "./users-page.ts";
import { webhookPage } from "./webhook-page.ts";
import { webhooksPage } from "./webhooks-page.ts";

/** The control page, mounted at `/`. Forms use POST and redirect. */
export function controlPage(instance: Instance): Hono {
  const routes = new Hono();
  routes.use(localRequestsOnly, securityHeaders);
  routes.route("/", views(instance));
  routes.route("/", userActions(instance));
  routes.route("/", chaosRoutes(instance));
  routes.route("/", otherActions(instance));
  routes.onError((error, c) => {
    if (!(error instanceof ClerkError)) throw error;
    const field = error.paramName === undefined ? "" : `${error.paramName}: `;
    const content = html`<p class="notice" role="alert">${field}${error.message}</p>
      <p><a href="/">Back to users</a></p>`;
    return c.html(layout(instance, "/", "Error", content), error.status);
  });
  return routes;
}

function views(instance: Instance): Hono {
  return new Hono()
    .get("/styles.css", (c) => c.body(styles, 200, { "content-type": "text/css; charset=utf-8" }))
    .get("/", (c) =>
      c.html(usersPage(instance, c.req.query("q")?.trim() ?? "", pageNumber(c.req.query("page")))),
    )
    .get("/users/:id", (c) => c.html(userPage(instance, c.req.param("id"))))
    .get("/sessions", (c) => c.html(sessionsPage(instance, pageNumber(c.req.query("page")))))
    .get("/emails", (c) => c.html(emailsPage(instance)))
    .get("/webhooks", (c) => c.html(webhooksPage(instance, pageNumber(c.req.query("page")))))
    .get("/webhooks/:id", (c) => {
      const message = findMessage(instance.db, c.req.param("id"));
      if (message === undefined) throw resourceNotFound("webhook message", c.req.param("id"));
      return c.html(webhookPage(instance, message));
    })
    .get("/settings", (c) => c.html(settingsPage(instance)));
}

function userActions(instance: Instance): Hono {
  return new Hono()
    .post("/users", async (c) => {
      const user = createUserFromInput(instance, await parseForm(c, newUserForm));
      return c.redirect(`/users/${user.id}`, 303);
    })
    .post("/users/:id", async (c) => {
      const form = await parseForm(c, userForm);
      const user = changeUser(instance, c.req.param("id"), () => form);
      return c.redirect(`/users/${user.id}`, 303);
    })
    .post("/users/:id/ban", (c) => {
      const user = banUser(instance, c.req.param("id"));
      return c.redirect(`/users/${user.id}`, 303);
    })
    .post("/users/:id/unban", (c) => {
      const user = changeUser(instance, c.req.param("id"), () => ({ banned: false }));
      return c.redirect(`/users/${user.id}`, 303);
    })
    .post("/users/:id/delete", (c) => {
      deleteUser(instance, c.req.param("id"));
      return c.redirect("/", 303);
    });
}

function otherActions(instance: Instance): Hono {
  return new Hono()
    .post("/sessions/:id/revoke", (c) => {
      const session = sessions.find(instance.db, c.req.param("id"));
      if (session !== undefined) endSession(instance, session, "revoked");
      return c.redirect("/sessions", 303);
    })
    .post("/webhooks/hold", (c) => {
      instance.changeSettings({ webhooks: { held: true } });
      return c.redirect("/webhooks", 303);
    })
    .post("/webhooks/release", (c) => {
      instance.changeSettings({ webhooks: { held: false } });
      return c.redirect("/webhooks", 303);
    })
    .post("/webhooks/:id/redeliver", async (c) => {
      const message = findMessage(instance.db, c.req.param("id"));
      if (message === undefined) throw resourceNotFound("webhook message", c.req.param("id"));
      instance.dispatcher.redeliver(message);
      await instance.dispatcher.idle({ retries: false });
      return c.redirect(`/webhooks/${message.id}`, 303);
    })
    .post("/settings", async (c) => {
      instance.changeSettings(validate(settingsPatchSchema, await parseForm(c, settingsForm)));
      return c.redirect("/settings", 303);
    })
    .post("/reset", (c) => {
      resetState(instance, { seed: true });
      return c.redirect("/", 303);
    });
}

const securityHeaders: MiddlewareHandler = async (c, next) => {
  c.header(
    "content-security-policy",
    "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  );
  c.header("referrer-policy", "same-origin");
  c.header("x-content-type-options", "nosniff");
  c.header("cache-control", "no-store");
  await next();
};

function pageNumber(text: string | undefined): number {
  const page = Number(text ?? 1);
  return Number.isSafeInteger(page) && page > 0 ? page : 1;
}
