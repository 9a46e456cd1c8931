import { Hono } from "hono";
import { sharedControlApi } from "../../local-service/control/api.ts";
import { createManyUsers } from "../accounts/many-users.ts";
import { endSession } from "../accounts/sessions.ts";
import { deleteUser, getUser } from "../accounts/users.ts";
import { readJson } from "../backend-api/request.ts";
import type { Instance } from "../instance.ts";
import { listEmails } from "../state/emails.ts";
import { sessions } from "../state/sessions.ts";
import { settingsPatchSchema } from "../state/settings.ts";
import { listUsers } from "../state/user-list.ts";
import { publishExample } from "../webhooks/events.ts";
import { resourceNotFound } from "../wire/errors.ts";
import { userJson } from "../wire/user-json.ts";
import { validate } from "../wire/validate.ts";
import {
  createUserFromInput,
  defaultAppOrigin,
  mintCustomToken,
  resetState,
  startBrowserSession,
  updateUserFromInput,
} from "./actions.ts";
import {
  bulkUsersSchema,
  emailFilterSchema,
  exampleSchema,
  newSessionSchema,
  newUserSchema,
  resetRequestSchema,
  tokenRequestSchema,
  userChangeSchema,
  userFilterSchema,
} from "./protocol.ts";

const done = { done: true };

/** The JSON control API, mounted at `/control`. */
export function controlApi(instance: Instance): Hono {
  return new Hono()
    .route("/", userRoutes(instance))
    .route("/", sessionRoutes(instance))
    .route("/", sharedControlApi(instance))
    .route("/", otherRoutes(instance));
}

function userRoutes(instance: Instance): Hono {
  return new Hono()
    .get("/users", (c) => {
      const { query, emailAddress, limit, offset } = validate(userFilterSchema, c.req.query());
      const emailAddresses = emailAddress === undefined ? undefined : [emailAddress];
      const page = { orderBy: "created_at" as const, descending: true, limit, offset };
      return c.json(listUsers(instance.db, { query, emailAddresses }, page).map(userJson));
    })
    .post("/users", async (c) =>
      c.json(userJson(createUserFromInput(instance, await readJson(c, newUserSchema)))),
    )
    .post("/users/bulk", async (c) =>
      c.json(createManyUsers(instance, await readJson(c, bulkUsersSchema))),
    )
    .get("/users/:id", (c) => c.json(userJson(getUser(instance, c.req.param("id")))))
    .patch("/users/:id", async (c) => {
      const change = await readJson(c, userChangeSchema);
      return c.json(userJson(updateUserFromInput(instance, c.req.param("id"), change)));
    })
    .delete("/users/:id", (c) => {
      deleteUser(instance, c.req.param("id"));
      return c.json(done);
    });
}

function sessionRoutes(instance: Instance): Hono {
  return new Hono()
    .post("/sessions", async (c) => {
      const { userId, appOrigin, actor } = await readJson(c, newSessionSchema);
      const origin = appOrigin ?? defaultAppOrigin(instance);
      return c.json(startBrowserSession(instance, userId, origin, actor));
    })
    .post("/sessions/:id/revoke", (c) => {
      const session = sessions.find(instance.db, c.req.param("id"));
      if (session === undefined) throw resourceNotFound("session", c.req.param("id"));
      endSession(instance, session, "revoked");
      return c.json(done);
    })
    .post("/tokens", async (c) =>
      c.json({ token: mintCustomToken(instance, await readJson(c, tokenRequestSchema)) }),
    );
}

function otherRoutes(instance: Instance): Hono {
  return new Hono()
    .post("/examples", async (c) => {
      publishExample(instance, (await readJson(c, exampleSchema)).type);
      return c.json(done);
    })
    .get("/emails", (c) => {
      const { to, limit } = validate(emailFilterSchema, c.req.query());
      return c.json(listEmails(instance.db, to, limit));
    })
    .get("/settings", (c) => c.json(instance.settings()))
    .patch("/settings", async (c) =>
      c.json(instance.changeSettings(await readJson(c, settingsPatchSchema))),
    )
    .post("/reset", async (c) => {
      resetState(instance, await readJson(c, resetRequestSchema));
      return c.json(done);
    });
}
