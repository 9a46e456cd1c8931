import { Link } from "@remix-run/react";
import { instructionsFor } from "~/features/purchases/refunds/money-flags";
import { formatCount } from "~/ui/statistic";
import type { FlaggedPurchases as Flagged } from "../flagged-purchases.server";

const linkClass = "text-accent underline underline-offset-4";

export const attentionCount = ({ count, isCountExact }: Flagged): string =>
  isCountExact ? formatCount(count) : `more than ${formatCount(count)}`;

export function FlaggedPurchases({ flagged }: { flagged: Flagged }) {
  const { rows, count } = flagged;
  if (count === 0) return null;
  return (
    <section aria-labelledby="flagged">
      <h2 id="flagged" className="text-2xl leading-tight">
        Needs attention ({attentionCount(flagged)})
      </h2>
      <ul className="mt-3 grid gap-2">
        {rows.map((purchase) => (
          <li key={purchase.id} className="max-w-[70ch]">
            <Link to={`/admin/purchases/${purchase.id}`} className={linkClass}>
              {purchase.reference}
            </Link>
            , {purchase.snapshot.title}
            <span className="block text-sm text-muted">{instructionsFor(purchase).join(" ")}</span>
          </li>
        ))}
      </ul>
      {count > rows.length && (
        <p className="mt-3">
          <Link to="/admin/purchases?attention=needed" className={linkClass}>
            Show all
          </Link>
        </p>
      )}
    </section>
  );
}
