import type { Role } from "~/db/enums";

/** Everything that needs more than a session. Named after what is looked at or changed, then how. */
export type Permission =
  | "admin.view"
  | "users.read"
  | "users.change-role"
  | "users.sync"
  | "sync.read"
  | "sync.operate"
  | "audit.read"
  | "audit.export"
  | "courses.read"
  | "courses.edit"
  | "enrollments.change"
  | "purchases.read"
  | "purchases.change";

/** The one table of who may do what. Used by the guard and by writes (with the role in D1), and by pages to show or hide. */
const permissionsOf: Record<Role, readonly Permission[]> = {
  user: [],
  admin: [
    "admin.view",
    "users.read",
    "users.change-role",
    "users.sync",
    "sync.read",
    "sync.operate",
    "audit.read",
    "audit.export",
    "courses.read",
    "courses.edit",
    "enrollments.change",
    "purchases.read",
    "purchases.change",
  ],
};

/** Whether a role holds a permission; no role holds none. */
export function can(role: Role | null | undefined, permission: Permission): boolean {
  return role != null && permissionsOf[role].includes(permission);
}

/** Whether a role may see the pages under `/admin`. */
export function canAccessAdminPages({ role }: { role: Role | null | undefined }): boolean {
  return can(role, "admin.view");
}
