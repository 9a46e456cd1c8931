import { Link } from "@remix-run/react";
import { instructionsFor } from "~/features/purchases/refunds/money-flags";
import { formatCount } from "~/ui/statistic";
import type { FlaggedPurchase } from "../flagged-purchases.server";

export function FlaggedPurchases({ purchases }: { purchases: readonly FlaggedPurchase[] }) {
  const [first] = purchases;
  if (first === undefined) return null;
  return (
    <section aria-labelledby="flagged">
      <h2 id="flagged" className="text-2xl leading-tight">
        Needs attention ({formatCount(first.total)})
      </h2>
      {first.total > purchases.length && (
        <p className="text-sm text-muted">The first {formatCount(purchases.length)} are shown.</p>
      )}
      <ul className="mt-3 grid gap-2">
        {purchases.map((purchase) => (
          <li key={purchase.id} className="max-w-[70ch]">
            <Link
              to={`/admin/purchases/${purchase.id}`}
              className="text-accent underline underline-offset-4"
            >
              {purchase.reference}
            </Link>
            , {purchase.snapshot.title}
            <span className="block text-sm text-muted">{instructionsFor(purchase).join(" ")}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
