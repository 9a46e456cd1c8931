import type { Role } from "../features/users/user";

/** Whether a role may see the pages under `/admin`. Used by the guard (with the role in D1) and by the navigation. */
export function canAccessAdminPages(role: Role | null | undefined): boolean {
  return role === "admin";
}
