import type { Role } from "~/db/enums";
import { ForbiddenError } from "~/errors";
import { isActive } from "./active-user.server";
import { can, type Permission } from "./permissions";
import { refuseImpersonation } from "./refuse-impersonation.server";

interface Context<User> {
  user?: User | null | undefined;
  session: { actorId: string | null } | null;
}

/** For admin routes, where the guard has just read the user from D1. @throws {ForbiddenError} */
export function requirePermission<
  User extends { role: Role; deletedAt: number | null; bannedAt: number | null },
>({ user, session }: Context<User>, permission: Permission): User {
  refuseImpersonation({ session });
  if (user && isActive(user) && can(user.role, permission)) return user;
  throw new ForbiddenError(`The role lacks ${permission}`);
}
