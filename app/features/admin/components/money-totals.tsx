import { formatAmount } from "~/features/courses/money";
import { Cell, DataTable, RowHeader } from "~/ui/data-table";
import type { MoneyTotal } from "../money-totals.server";

const columns = [
  { label: "Last 30 days", width: "w-1/5" },
  { label: "Paid" },
  { label: "Refunded" },
  { label: "Lost to disputes", wideOnly: true },
  { label: "Left" },
];

export function MoneyTotals({ totals }: { totals: readonly MoneyTotal[] }) {
  if (totals.length === 0) return null;
  return (
    <DataTable caption="Money of the orders of the last 30 days, per currency" columns={columns}>
      {totals.map(({ currency, paid, refunded, lost }) => (
        <tr key={currency} className="tabular-nums">
          <RowHeader>{currency}</RowHeader>
          <Cell>{formatAmount(paid, currency)}</Cell>
          <Cell>{formatAmount(refunded, currency)}</Cell>
          <Cell wideOnly>{formatAmount(lost, currency)}</Cell>
          <Cell>{formatAmount(paid - refunded - lost, currency)}</Cell>
        </tr>
      ))}
    </DataTable>
  );
}
