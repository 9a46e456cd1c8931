import { Hono } from "hono";
import { html } from "hono/html";
import { chaosRoutes } from "../../../local-service/control/chaos-routes.ts";
import { errorPage } from "../../../local-service/control/error-page.ts";
import { ControlError } from "../../../local-service/control/errors.ts";
import { localRequestsOnly } from "../../../local-service/control/guard.ts";
import { pageNumber } from "../../../local-service/control/input.ts";
import { layout } from "../../../local-service/control/layout.ts";
import { securityHeaders } from "../../../local-service/control/security-headers.ts";
import { styles } from "../../../local-service/control/styles.ts";
import { webhookRoutes } from "../../../local-service/control/webhook-routes.ts";
import { endSession } from "../../accounts/sessions.ts";
import { changeUser, deleteUser } from "../../accounts/users.ts";
import { setBanned, setLocked } from "../../backend-api/user-changes.ts";
import { parseForm } from "../../frontend-api/request.ts";
import type { Instance } from "../../instance.ts";
import { sessions } from "../../state/sessions.ts";
import { settingsPatchSchema } from "../../state/settings.ts";
import { publishExample } from "../../webhooks/events.ts";
import { ClerkError } from "../../wire/errors.ts";
import { validate } from "../../wire/validate.ts";
import {
  createDashboardActorToken,
  createUserFromInput,
  defaultAppOrigin,
  resetState,
} from "../actions.ts";
import { describeSubject } from "./describe-subject.ts";
import { emailsPage } from "./emails-page.ts";
import { newUserForm, settingsForm, userForm } from "./forms.ts";
import { manyUsersForm, manyUsersRoute } from "./many-users.ts";
import { sessionsPage } from "./sessions-page.ts";
import { settingsPage } from "./settings-page.ts";
import { userPage } from "./user-page.ts";
import { usersPage } from "./users-page.ts";

/** The control page, mounted at `/`. Forms use POST and redirect. */
export function controlPage(instance: Instance): Hono {
  const routes = new Hono();
  routes.use(localRequestsOnly, securityHeaders);
  routes.route("/", views(instance));
  routes.route("/", userActions(instance));
  routes.route("/", chaosRoutes(instance, manyUsersForm));
  routes.route("/", manyUsersRoute(instance));
  routes.route("/", webhookRoutes(instance, describeSubject));
  routes.route("/", otherActions(instance));
  routes.onError((error, c) => {
    if (error instanceof ControlError) return c.html(errorPage(instance, error), error.status);
    if (!(error instanceof ClerkError)) throw error;
    const { message, paramName, status } = error;
    return c.html(errorPage(instance, { message, field: paramName }), status);
  });
  return routes;
}

function views(instance: Instance): Hono {
  return new Hono()
    .get("/styles.css", (c) => c.body(styles, 200, { "content-type": "text/css; charset=utf-8" }))
    .get("/", (c) => c.html(usersPage(instance, c.req.query("q")?.trim() ?? "", pageNumber(c))))
    .get("/users/:id", (c) => c.html(userPage(instance, c.req.param("id"))))
    .get("/sessions", (c) => c.html(sessionsPage(instance, pageNumber(c))))
    .get("/emails", (c) => c.html(emailsPage(instance)))
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
    .post("/users/:id/sign-in-as", (c) => {
      const { token } = createDashboardActorToken(instance, c.req.param("id"));
      const url = `${defaultAppOrigin(instance)}/sign-in?__clerk_ticket=${token}`;
      // A link, because the policy allows no redirect to another origin.
      const content = html`<p>Open this link once, in a browser that is signed out:</p>
        <p><a href="${url}">${url}</a></p>`;
      return c.html(layout(instance, "/", "Sign in as user", content));
    })
    .post("/users/:id/:action{ban|unban}", (c) => {
      const banned = c.req.param("action") === "ban";
      const user = setBanned(instance, c.req.param("id"), banned);
      return c.redirect(`/users/${user.id}`, 303);
    })
    .post("/users/:id/:action{lock|unlock}", (c) => {
      const locked = c.req.param("action") === "lock";
      const user = setLocked(instance, c.req.param("id"), locked);
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
    .post("/examples", async (c) => {
      publishExample(instance, "user.created");
      await instance.dispatcher.idle({ retries: false });
      return c.redirect("/webhooks", 303);
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
