import { formatAmount } from "~/features/courses/money";
import { Cell, DataTable, RowHeader } from "~/ui/data-table";
import type { MoneyTotal } from "../money-totals.server";

const columns = [
  { label: "Orders", width: "w-1/4" },
  { label: "Paid" },
  { label: "Refunded" },
  { label: "Lost to disputes", wideOnly: true },
  { label: "Left" },
];

interface MoneyTotalsProps {
  totals: { month: readonly MoneyTotal[]; total: readonly MoneyTotal[] };
}

export function MoneyTotals({ totals: { month, total } }: MoneyTotalsProps) {
  if (total.length === 0) return null;
  return (
    <DataTable caption="Money of the orders, per currency" columns={columns}>
      {month.map((row) => (
        <MoneyRow key={row.currency} period="last 30 days" {...row} />
      ))}
      {total.map((row) => (
        <MoneyRow key={row.currency} period="in total" {...row} />
      ))}
    </DataTable>
  );
}

function MoneyRow({ period, currency, paid, refunded, lost }: MoneyTotal & { period: string }) {
  return (
    <tr className="tabular-nums">
      <RowHeader>
        {currency}, {period}
      </RowHeader>
      <Cell>{formatAmount(paid, currency)}</Cell>
      <Cell>{formatAmount(refunded, currency)}</Cell>
      <Cell wideOnly>{formatAmount(lost, currency)}</Cell>
      <Cell>{formatAmount(paid - refunded - lost, currency)}</Cell>
    </tr>
  );
}
