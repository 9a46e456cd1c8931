import { NavLink } from "@remix-run/react";
import { can, type Permission } from "~/access/permissions";
import type { Role } from "~/db/enums";

const sections: readonly { to: string; label: string; needs: Permission }[] = [
  { to: "/admin", label: "Overview", needs: "admin.view" },
  { to: "/admin/users", label: "Users", needs: "users.read" },
  { to: "/admin/courses", label: "Courses", needs: "courses.read" },
  { to: "/admin/purchases", label: "Purchases", needs: "purchases.read" },
  { to: "/admin/sync", label: "Sync", needs: "sync.read" },
  { to: "/admin/audit", label: "Audit", needs: "audit.read" },
];

export function AdminNav({ role }: { role: Role }) {
  return (
    <nav aria-label="Admin" className="border-b border-line">
      <ul className="mx-auto flex max-w-6xl flex-wrap gap-x-3 px-5 text-sm sm:text-[0.9375rem] sm:gap-x-6 sm:px-8">
        {sections
          .filter(({ needs }) => can(role, needs))
          .map(({ to, label }) => (
            <li key={to}>
              <NavLink
                to={to}
                end={to === "/admin"}
                className={({ isActive }) =>
                  `-mb-px block border-b py-3 transition-colors hover:text-ink ${
                    isActive ? "border-accent text-ink" : "border-transparent text-muted"
                  }`
                }
              >
                {label}
              </NavLink>
            </li>
          ))}
      </ul>
    </nav>
  );
}
