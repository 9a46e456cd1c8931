import { useNavigation } from "@remix-run/react";
import type { ReactNode } from "react";

interface Column {
  label: string;
  wideOnly?: boolean;
}

interface DataTableProps {
  caption: string;
  columns: readonly Column[];
  children: ReactNode;
}

export function DataTable({ caption, columns, children }: DataTableProps) {
  const loading = useNavigation().state === "loading";
  return (
    <table
      aria-busy={loading}
      className={`w-full border-collapse text-left text-[0.9375rem] transition-opacity ${loading ? "opacity-50" : ""}`}
    >
      <caption className="sr-only">{caption}</caption>
      <thead className="border-b border-line text-sm text-muted">
        <tr>
          {columns.map(({ label, wideOnly }) => (
            <th key={label} scope="col" className={`py-2 pr-4 font-normal ${hidden(wideOnly)}`}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="divide-y divide-line">{children}</tbody>
    </table>
  );
}

const hidden = (wideOnly = false) => (wideOnly ? "max-sm:hidden" : "");

export function Cell({ wideOnly, children }: { wideOnly?: boolean; children: ReactNode }) {
  return (
    <td className={`py-3 pr-4 align-top [overflow-wrap:anywhere] ${hidden(wideOnly)}`}>
      {children}
    </td>
  );
}

export function RowHeader({ children }: { children: ReactNode }) {
  return (
    <th scope="row" className="py-3 pr-4 align-top font-normal [overflow-wrap:anywhere]">
      {children}
    </th>
  );
}
