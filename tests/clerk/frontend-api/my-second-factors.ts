import { Hono } from "hono";
import { z } from "zod";
import {
  createTotp,
  disableSecondFactors,
  replaceBackupCodes,
  verifyTotp,
} from "../accounts/second-factors.ts";
import { getUser } from "../accounts/users.ts";
import type { Instance } from "../instance.ts";
import { resourceNotFound } from "../wire/errors.ts";
import { backupCodesJson, totpJson } from "../wire/second-factor-json.ts";
import { codeField, noFields } from "./form-fields.ts";
import { parseForm, requireSession, respond } from "./request.ts";

const attemptForm = z.strictObject({ code: codeField });

/** `/v1/me/totp` and `/v1/me/backup_codes`: a second factor of the user. */
export function mySecondFactorRoutes(instance: Instance): Hono {
  const routes = new Hono();

  routes.post("/me/totp", async (c) => {
    await parseForm(c, noFields);
    const { userId } = requireSession(instance, c);
    const totp = createTotp(instance, userId);
    return respond(instance, c, totpJson(totp, getUser(instance, userId)));
  });

  routes.post("/me/totp/attempt_verification", async (c) => {
    const { code } = await parseForm(c, attemptForm);
    const { userId } = requireSession(instance, c);
    const user = verifyTotp(instance, userId, code);
    if (user.totp === null) throw resourceNotFound("TOTP", userId);
    return respond(instance, c, totpJson(user.totp, user));
  });

  routes.delete("/me/totp", (c) => {
    const { userId } = requireSession(instance, c);
    const { totp } = getUser(instance, userId);
    disableSecondFactors(instance, userId);
    return respond(instance, c, { object: "totp", id: totp?.id, deleted: true });
  });

  routes.post("/me/backup_codes", async (c) => {
    await parseForm(c, noFields);
    const { userId } = requireSession(instance, c);
    return respond(instance, c, backupCodesJson(replaceBackupCodes(instance, userId)));
  });

  return routes;
}
