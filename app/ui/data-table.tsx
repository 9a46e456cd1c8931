import { useNavigation } from "@remix-run/react";
import type { ReactNode } from "react";

/** From which width a column is shown: "large" is a laptop. */
type WideOnly = boolean | "large";

interface Column {
  label: string;
  /** A class; the first column is wider by default. */
  width?: string;
  wideOnly?: WideOnly;
}

interface DataTableProps {
  caption: string;
  columns: readonly Column[];
  children: ReactNode;
}

/** Fixed columns, so that no column is too narrow for its words because another one has more. */
export function DataTable({ caption, columns, children }: DataTableProps) {
  const loading = useNavigation().state === "loading";
  return (
    <table
      aria-busy={loading}
      className={`w-full table-fixed border-collapse text-left text-[0.9375rem] transition-opacity ${loading ? "opacity-50" : ""}`}
    >
      <caption className="sr-only">{caption}</caption>
      <thead className="border-b border-line text-sm text-muted">
        <tr>
          {columns.map(({ label, wideOnly, width = "first:w-1/2 sm:first:w-2/5" }) => (
            <th
              key={label}
              scope="col"
              className={`py-2 pr-4 font-normal ${width} ${hidden(wideOnly)}`}
            >
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="divide-y divide-line">{children}</tbody>
    </table>
  );
}

function hidden(wideOnly: WideOnly = false): string {
  if (wideOnly === "large") return "max-lg:hidden";
  return wideOnly ? "max-sm:hidden" : "";
}

export function Cell({ wideOnly, children }: { wideOnly?: WideOnly; children: ReactNode }) {
  return (
    <td className={`py-3 pr-4 align-top wrap-break-word last:pr-0 ${hidden(wideOnly)}`}>
      {children}
    </td>
  );
}

export function RowHeader({ children }: { children: ReactNode }) {
  return (
    <th scope="row" className="py-3 pr-4 align-top font-normal wrap-break-word">
      {children}
    </th>
  );
}
