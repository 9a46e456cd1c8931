import { Hono } from "hono";
import { z } from "zod";
import {
  disableSecondFactors,
  removeBackupCodes,
  secondFactorStrategies,
  useSecondFactor,
} from "../accounts/second-factors.ts";
import { getUser } from "../accounts/users.ts";
import type { Instance } from "../instance.ts";
import { hasSecondFactor } from "../state/users.ts";
import { totpDisabled, totpIncorrect } from "../wire/second-factor-errors.ts";
import { pathId, readJson } from "./request.ts";

const codeBody = z.strictObject({ code: z.string() });

/** The second factors of `/v1/users/:id`. */
export function secondFactorRoutes(instance: Instance): Hono {
  const routes = new Hono();

  routes.post("/users/:id/verify_totp", async (c) => {
    const { code } = await readJson(c, codeBody);
    const user = getUser(instance, pathId(c));
    if (!hasSecondFactor(user)) throw totpDisabled();
    const code_type = secondFactorStrategies.find((strategy) =>
      useSecondFactor(instance, user, strategy, code),
    );
    if (code_type === undefined) throw totpIncorrect();
    return c.json({ verified: true, code_type });
  });

  for (const [path, remove] of [
    ["mfa", disableSecondFactors],
    ["totp", disableSecondFactors],
    ["backup_code", removeBackupCodes],
  ] as const) {
    routes.delete(`/users/:id/${path}`, (c) => c.json({ user_id: remove(instance, pathId(c)).id }));
  }

  return routes;
}
