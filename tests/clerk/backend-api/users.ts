import { Hono } from "hono";
import { passwordMatches } from "../accounts/passwords.ts";
import { deleteUser, getUser } from "../accounts/users.ts";
import type { Instance } from "../instance.ts";
import { countUsers, listUsers } from "../state/user-list.ts";
import { noPasswordSet, wrongPassword } from "../wire/password-errors.ts";
import { userJson } from "../wire/user-json.ts";
import { noParameters, pathId, readJson, readQuery } from "./request.ts";
import {
  createUserFromBody,
  mergeMetadataFromBody,
  setBanned,
  setLocked,
  setUsersBanned,
  updateUserFromBody,
} from "./user-changes.ts";
import { countQuery, listQuery } from "./user-queries.ts";
import {
  bulkBanBody,
  createUserBody,
  metadataBody,
  passwordBody,
  updateUserBody,
} from "./user-schemas.ts";

/** `/v1/users`. */
export function userRoutes(instance: Instance): Hono {
  return new Hono().route("/", resourceRoutes(instance)).route("/", actionRoutes(instance));
}

function resourceRoutes(instance: Instance): Hono {
  const { db } = instance;
  const routes = new Hono();

  routes.get("/users", (c) => {
    const { filter, page } = readQuery(c, listQuery);
    return c.json(listUsers(db, filter, page).map(userJson));
  });

  routes.get("/users/count", (c) => {
    const total_count = countUsers(db, readQuery(c, countQuery));
    return c.json({ object: "total_count", total_count });
  });

  routes.post("/users", async (c) =>
    c.json(userJson(createUserFromBody(instance, await readJson(c, createUserBody)))),
  );

  routes.get("/users/:id", (c) => c.json(userJson(getUser(instance, pathId(c)))));

  routes.patch("/users/:id", async (c) => {
    const body = await readJson(c, updateUserBody);
    return c.json(userJson(updateUserFromBody(instance, pathId(c), body)));
  });

  routes.delete("/users/:id", (c) => {
    deleteUser(instance, pathId(c));
    return c.json({ object: "user", id: pathId(c), deleted: true });
  });

  routes.patch("/users/:id/metadata", async (c) => {
    const body = await readJson(c, metadataBody);
    return c.json(userJson(mergeMetadataFromBody(instance, pathId(c), body)));
  });

  routes.put("/users/:id/metadata", async (c) => {
    const body = await readJson(c, metadataBody);
    return c.json(userJson(updateUserFromBody(instance, pathId(c), body)));
  });

  return routes;
}

function actionRoutes(instance: Instance): Hono {
  const routes = new Hono();

  routes.post("/users/:id/verify_password", async (c) => {
    const { password } = await readJson(c, passwordBody);
    const { passwordHash } = getUser(instance, pathId(c));
    if (passwordHash === null) throw noPasswordSet();
    if (!passwordMatches(passwordHash, password)) throw wrongPassword();
    return c.json({ verified: true });
  });

  for (const [action, banned] of [
    ["ban", true],
    ["unban", false],
  ] as const) {
    routes.post(`/users/:id/${action}`, async (c) => {
      await readJson(c, noParameters);
      return c.json(userJson(setBanned(instance, pathId(c), banned)));
    });
    routes.post(`/users/${action}`, async (c) => {
      const body = await readJson(c, bulkBanBody);
      return c.json(setUsersBanned(instance, body, banned).map(userJson));
    });
  }

  for (const [action, locked] of [
    ["lock", true],
    ["unlock", false],
  ] as const) {
    routes.post(`/users/:id/${action}`, async (c) => {
      await readJson(c, noParameters);
      return c.json(userJson(setLocked(instance, pathId(c), locked)));
    });
  }

  return routes;
}
