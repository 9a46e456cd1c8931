import { formatCount } from "~/ui/statistic";
import type { DeliveryTally } from "../overview-figures";

const bars = [
  ["applied", "Applied", "fill-accent"],
  ["stale", "Stale", "fill-field"],
  ["ignored", "Ignored", "fill-field"],
  ["rejected", "Rejected", "fill-danger"],
  ["again", "Redelivered", "fill-field"],
] as const;

/** Deliveries by outcome. The bars are decorative: the table cells hold the numbers. */
export function DeliveryChart({ title, tally }: { title: string; tally: DeliveryTally }) {
  const largest = Math.max(1, ...bars.map(([name]) => tally[name]));
  return (
    <table className="w-full text-left text-[0.9375rem]">
      <caption className="mb-2 text-left text-muted">{title}</caption>
      <tbody>
        {bars.map(([name, label, fill]) => (
          <tr key={name}>
            <th scope="row" className="w-24 py-1 pr-3 font-normal whitespace-nowrap">
              {label}
            </th>
            <td aria-hidden="true" className="py-1">
              <svg className="h-2.5 w-full" role="presentation">
                <rect width="100%" height="100%" rx="2" className="fill-line/60" />
                <rect
                  width={`${(tally[name] / largest) * 100}%`}
                  height="100%"
                  rx="2"
                  className={fill}
                />
              </svg>
            </td>
            <td className="w-14 py-1 pl-3 text-right tabular-nums">{formatCount(tally[name])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
