import type { Instance } from "../instance.ts";
import { newCode, newId } from "../state/identifiers.ts";
import { hasSecondFactor, saveUser, type Totp, type User } from "../state/users.ts";
import { isTotpCode, newTotpSecret } from "../tokens/one-time-password.ts";
import { codeIncorrect, resourceNotFound } from "../wire/errors.ts";
import {
  backupCodesNotAvailable,
  featureNotEnabled,
  totpAlreadyEnabled,
} from "../wire/second-factor-errors.ts";
import { changeUser, getUser } from "./users.ts";

export const secondFactorStrategies = ["totp", "backup_code"] as const;
export type SecondFactorStrategy = (typeof secondFactorStrategies)[number];

/** Creates the secret of an authenticator app, which is not yet a second factor. */
export function createTotp(instance: Instance, userId: string): Totp {
  assertEnabled(instance);
  const user = getUser(instance, userId);
  if (hasSecondFactor(user)) throw totpAlreadyEnabled();
  const now = instance.clock.now();
  const secret = newTotpSecret();
  const totp = { id: newId("totp"), secret, verified: false, createdAt: now, updatedAt: now };
  saveUser(instance.db, { ...user, totp });
  return totp;
}

/** Makes the authenticator app a second factor, and creates backup codes unless there are some. */
export function verifyTotp(instance: Instance, userId: string, code: string): User {
  assertEnabled(instance);
  const now = instance.clock.now();
  return changeUser(instance, userId, ({ totp, backupCodes }) => {
    if (totp === null) throw resourceNotFound("TOTP", userId);
    if (totp.verified) throw totpAlreadyEnabled();
    if (!isTotpCode(totp.secret, code, now)) throw codeIncorrect();
    return {
      totp: { ...totp, verified: true, updatedAt: now },
      backupCodes: backupCodes.length > 0 ? backupCodes : newBackupCodes(),
      mfaEnabledAt: now,
    };
  });
}

export function replaceBackupCodes(instance: Instance, userId: string): User {
  assertEnabled(instance);
  return changeUser(instance, userId, (user) => {
    if (!hasSecondFactor(user)) throw backupCodesNotAvailable();
    return { backupCodes: newBackupCodes() };
  });
}

/** Removes the authenticator app and the backup codes. Throws 404 without an authenticator app. */
export function disableSecondFactors(instance: Instance, userId: string): User {
  return changeUser(instance, userId, ({ totp }) => {
    if (totp === null) throw resourceNotFound("TOTP", userId);
    return { totp: null, backupCodes: [], mfaDisabledAt: instance.clock.now() };
  });
}

export function removeBackupCodes(instance: Instance, userId: string): User {
  return changeUser(instance, userId, ({ backupCodes }) => {
    if (backupCodes.length === 0) throw resourceNotFound("backup code", userId);
    return { backupCodes: [] };
  });
}

/** Checks a code of the user; a backup code can be used once. */
export function useSecondFactor(
  instance: Instance,
  user: User,
  strategy: SecondFactorStrategy,
  code: string,
): boolean {
  if (strategy === "totp") {
    const { totp } = user;
    return totp?.verified === true && isTotpCode(totp.secret, code, instance.clock.now());
  }
  if (!user.backupCodes.includes(code)) return false;
  changeUser(instance, user.id, ({ backupCodes }) => ({
    backupCodes: backupCodes.filter((unused) => unused !== code),
  }));
  return true;
}

function assertEnabled(instance: Instance): void {
  if (!instance.settings().signIn.authenticatorApp) throw featureNotEnabled();
}

const newBackupCodes = () => Array.from({ length: 10 }, () => newCode() + newCode().slice(0, 2));
