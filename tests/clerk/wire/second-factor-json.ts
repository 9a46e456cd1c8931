import { hasSecondFactor, type Totp, type User } from "../state/users.ts";

/** An authenticator app. Shows its secret until it is verified. */
export function totpJson({ id, secret, verified, createdAt, updatedAt }: Totp, user: User) {
  const label = encodeURIComponent(`Courses Platform:${user.id}`);
  return {
    object: "totp",
    id,
    secret: verified ? null : secret,
    uri: verified ? null : `otpauth://totp/${label}?secret=${secret}&issuer=Courses%20Platform`,
    verified,
    backup_codes: verified ? user.backupCodes : null,
    created_at: createdAt,
    updated_at: updatedAt,
  };
}

export const backupCodesJson = (user: User) => ({
  object: "backup_code",
  id: `backup_codes_${user.id}`,
  codes: user.backupCodes,
  created_at: user.updatedAt,
  updated_at: user.updatedAt,
});

export function secondFactorsJson(user: User) {
  if (!hasSecondFactor(user)) return [];
  return [
    { strategy: "totp" },
    ...(user.backupCodes.length > 0 ? [{ strategy: "backup_code" }] : []),
  ];
}
