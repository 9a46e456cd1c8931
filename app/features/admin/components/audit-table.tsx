import { Link } from "@remix-run/react";
import { Cell, DataTable, RowHeader } from "~/ui/data-table";
import { DateTime } from "~/ui/date-time";
import { type AuditEntry, actionLabels, actorName } from "../audit-entry";

const columns = [
  { label: "Action" },
  { label: "Target" },
  { label: "By", wideOnly: true },
  { label: "Date", wideOnly: true },
];

interface AuditTableProps {
  caption: string;
  entries: readonly AuditEntry[];
}

export function AuditTable({ caption, entries }: AuditTableProps) {
  return (
    <DataTable caption={caption} columns={columns}>
      {entries.map((entry) => (
        <tr key={entry.id}>
          <RowHeader>
            {actionLabels[entry.action]}
            {entry.detail && <span className="block text-sm text-muted">{entry.detail}</span>}
            {entry.reason && <span className="block text-sm text-muted">“{entry.reason}”</span>}
            <span className="block text-sm text-muted sm:hidden">
              <DateTime at={entry.createdAt} />, by <Actor entry={entry} />
            </span>
          </RowHeader>
          <Cell>
            {entry.person && <NameLink to={`/admin/users/${entry.person.id}`} {...entry.person} />}
            {entry.course && (
              <span className="block">
                <NameLink to={`/admin/courses/${entry.course.id}`} name={entry.course.title} />
              </span>
            )}
          </Cell>
          <Cell wideOnly>
            <Actor entry={entry} />
          </Cell>
          <Cell wideOnly>
            <DateTime at={entry.createdAt} />
          </Cell>
        </tr>
      ))}
    </DataTable>
  );
}

function Actor({ entry }: { entry: AuditEntry }) {
  const { changedBy } = entry;
  if (changedBy === null) return actorName(entry);
  return <NameLink to={`/admin/users/${changedBy.id}`} {...changedBy} />;
}

function NameLink({ to, name }: { to: string; name: string }) {
  return (
    <Link to={to} className="underline decoration-line underline-offset-4 hover:decoration-ink">
      {name}
    </Link>
  );
}
