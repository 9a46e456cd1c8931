import type { Role } from "~/db/enums";
import { ForbiddenError } from "~/errors";
import { can, type Permission } from "./permissions";

/** For admin routes, where the guard has just read the user from D1. @throws {ForbiddenError} */
export function requirePermission<User extends { role: Role; deletedAt: number | null }>(
  { user }: { user?: User | null | undefined },
  permission: Permission,
): User {
  if (user?.deletedAt === null && can(user.role, permission)) return user;
  throw new ForbiddenError(`The role lacks ${permission}`);
}
