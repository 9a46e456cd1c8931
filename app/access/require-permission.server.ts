import type { AppLoadContext } from "@remix-run/cloudflare";
import { ForbiddenError } from "~/errors";
import type { User } from "~/features/users/user";
import { can, type Permission } from "./permissions";

/**
 * Who is asking, if their role holds the permission. For admin routes alone: there the guard has read the record from D1 at
 * this request.
 * @throws {ForbiddenError} when it does not.
 */
export function requirePermission({ user }: AppLoadContext, permission: Permission): User {
  if (user?.deletedAt === null && can(user.role, permission)) return user;
  throw new ForbiddenError(`The role does not hold ${permission}`);
}
