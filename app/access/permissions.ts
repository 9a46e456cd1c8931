import type { Role } from "~/db/enums";

/** Named `resource.action`. */
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
  | "enrollments.export"
  | "purchases.read"
  | "purchases.change"
  | "purchases.export";

/** Used by the guard and by writes (with the role from D1), and by pages to hide controls. */
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
    "enrollments.export",
    "purchases.read",
    "purchases.change",
    "purchases.export",
  ],
};

export function can(role: Role | null | undefined, permission: Permission): boolean {
  return role != null && permissionsOf[role].includes(permission);
}

/** True if the role may open the pages under `/admin`. */
export function canAccessAdminPages({ role }: { role: Role | null | undefined }): boolean {
  return can(role, "admin.view");
}
