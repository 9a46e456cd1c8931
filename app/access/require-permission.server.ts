import type { Role } from "~/db/enums";
import { ForbiddenError } from "~/errors";
import { isActive } from "./active-user.server";
import { can, type Permission } from "./permissions";

/** For admin routes, where the guard has read the user from D1. @throws {ForbiddenError} */
export function requirePermission<
  User extends { role: Role; deletedAt: number | null; bannedAt: number | null },
>({ user }: { user?: User | null | undefined }, permission: Permission): User {
  if (user && isActive(user) && can(user.role, permission)) return user;
  throw new ForbiddenError(`The role lacks ${permission}`);
}
