import { Link } from "@remix-run/react";
import type { User } from "~/features/users/user";
import { Breakable } from "~/ui/breakable";
import { Cell, DataTable, RowHeader } from "~/ui/data-table";
import { DateTime } from "~/ui/date-time";
import { RoleBadge, UserStateBadges } from "./user-badges";

const columns = [
  { label: "User" },
  { label: "Role" },
  { label: "Status" },
  { label: "Created", wideOnly: true },
];

export function UserTable({ caption, users }: { caption: string; users: readonly User[] }) {
  return (
    <DataTable caption={caption} columns={columns}>
      {users.map((user) => (
        <tr key={user.id}>
          <RowHeader>
            <Link
              to={`/admin/users/${user.id}`}
              className="font-medium underline decoration-line underline-offset-4 hover:decoration-ink"
            >
              {user.name}
            </Link>
            <span className="block text-sm text-muted">
              {user.email === null ? "No email address" : <Breakable text={user.email} />}
            </span>
          </RowHeader>
          <Cell>
            <RoleBadge role={user.role} />
          </Cell>
          <Cell>
            <UserStateBadges {...user} />
          </Cell>
          <Cell wideOnly>
            <DateTime at={user.createdAt} dateOnly />
          </Cell>
        </tr>
      ))}
    </DataTable>
  );
}
