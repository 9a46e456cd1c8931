import { expect, test } from "vitest";
import { can, canAccessAdminPages, type Permission } from "../../app/access/permissions.ts";
import { requirePermission } from "../../app/access/require-permission.server.ts";
import { ForbiddenError } from "../../app/errors.ts";

const permissions = [
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
  "purchases.export",
  "enrollments.export",
] as const satisfies readonly Permission[];

/** Does not compile if a permission is missing from the list. */
const isComplete: Exclude<Permission, (typeof permissions)[number]> extends never ? true : false =
  true;

test.each(permissions)("only admins have the permission %s", (permission) => {
  expect(isComplete).toBe(true);
  expect(can("admin", permission)).toBe(true);
  for (const role of ["user", null, undefined] as const) expect(can(role, permission)).toBe(false);
});

test("only admins can access the console", () => {
  expect(canAccessAdminPages({ role: "admin" })).toBe(true);
  for (const role of ["user", null, undefined] as const)
    expect(canAccessAdminPages({ role })).toBe(false);
});

test.each(permissions)(
  "an action that needs %s refuses everyone but active admins",
  (permission) => {
    const admin = { role: "admin" as const, deletedAt: null, bannedAt: null };
    expect(requirePermission({ user: admin }, permission)).toBe(admin);
    const others = [
      { ...admin, role: "user" as const },
      { ...admin, deletedAt: 1 },
      { ...admin, bannedAt: 1 },
      null,
      undefined,
    ];
    for (const user of others) {
      expect(() => requirePermission({ user }, permission)).toThrow(ForbiddenError);
    }
  },
);
