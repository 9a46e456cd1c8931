import { Link } from "@remix-run/react";
import type { User } from "~/features/users/user";
import { Cell, DataTable, HeadCell } from "~/ui/data-table";
import { Moment } from "~/ui/date-time";
import { RoleLabel, StateLabel } from "./user-badges";

const columns = [
  { label: "Person" },
  { label: "Role" },
  { label: "State" },
  { label: "Since", wideOnly: true },
];

/** People, each with the way to their page. */
export function UserTable({ caption, users }: { caption: string; users: readonly User[] }) {
  return (
    <DataTable caption={caption} columns={columns}>
      {users.map((user) => (
        <tr key={user.id}>
          <HeadCell>
            <Link
              to={`/admin/users/${user.id}`}
              className="font-medium underline decoration-line underline-offset-4 hover:decoration-ink"
            >
              {user.name}
            </Link>
            <span className="block text-sm text-muted">{user.email ?? "No e-mail address"}</span>
          </HeadCell>
          <Cell>
            <RoleLabel role={user.role} />
          </Cell>
          <Cell>
            <StateLabel {...user} />
          </Cell>
          <Cell wideOnly>
            <Moment at={user.createdAt} dateOnly />
          </Cell>
        </tr>
      ))}
    </DataTable>
  );
}
