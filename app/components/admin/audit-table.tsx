import { Link } from "@remix-run/react";
import type { AuditedChange } from "~/features/admin/audit.server";
import { Moment } from "../moment";
import { Cell, DataTable, HeadCell } from "./data-table";

const columns = [
  { label: "Person" },
  { label: "Change" },
  { label: "By" },
  { label: "When", wideOnly: true },
];

/** Who changed whose role, from what to what, why and when. */
export function AuditTable({ changes }: { changes: readonly AuditedChange[] }) {
  return (
    <DataTable caption="Role changes, the latest first" columns={columns}>
      {changes.map((change) => (
        <tr key={change.id}>
          <HeadCell>
            <PersonLink {...change.person} />
            <span className="block text-sm text-muted sm:hidden">
              <Moment at={change.createdAt} />
            </span>
          </HeadCell>
          <Cell>
            {change.fromRole} to {change.toRole}
            <span className="block text-sm text-muted">{change.reason}</span>
          </Cell>
          <Cell>{change.changedBy ? <PersonLink {...change.changedBy} /> : "from a terminal"}</Cell>
          <Cell wideOnly>
            <Moment at={change.createdAt} />
          </Cell>
        </tr>
      ))}
    </DataTable>
  );
}

function PersonLink({ id, name }: { id: string; name: string }) {
  return (
    <Link
      to={`/admin/users/${id}`}
      className="underline decoration-line underline-offset-4 hover:decoration-ink"
    >
      {name}
    </Link>
  );
}
