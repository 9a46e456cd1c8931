import type { Role } from "~/db/enums";
import { ForbiddenError } from "~/errors";
import { can, type Permission } from "./permissions";

/**
 * The signed-in user, if their role holds the permission. Only for admin routes, where the guard has read the user from D1 for
 * this request.
 * @throws {ForbiddenError} when it does not.
 */
export function requirePermission<User extends { role: Role; deletedAt: number | null }>(
  { user }: { user?: User | null | undefined },
  permission: Permission,
): User {
  if (user?.deletedAt === null && can(user.role, permission)) return user;
  throw new ForbiddenError(`The role does not hold ${permission}`);
}
