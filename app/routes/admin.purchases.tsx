import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/cloudflare";
import { Link, useActionData, useLoaderData, useLocation } from "@remix-run/react";
import { can } from "~/access/permissions";
import { requirePermission } from "~/access/require-permission.server";
import { FlaggedPurchases } from "~/features/admin/components/flagged-purchases";
import { MoneyTotals } from "~/features/admin/components/money-totals";
import { PurchaseFilter } from "~/features/admin/components/purchase-filter";
import { PurchaseNotice } from "~/features/admin/components/purchase-notice";
import { PurchaseTable } from "~/features/admin/components/purchase-table";
import {
  listParams,
  parseDialog,
  SettlementDialog,
} from "~/features/admin/components/settlement-dialog";
import { listFlaggedPurchases } from "~/features/admin/flagged-purchases.server";
import { loadMoneyTotals } from "~/features/admin/money-totals.server";
import { type PurchaseFailure, submitSettlement } from "~/features/admin/purchase-actions.server";
import {
  findBuyer,
  findPurchases,
  type PurchaseQuery,
  parsePurchaseQuery,
} from "~/features/admin/purchase-list.server";
import { readFormData } from "~/http/forms.server";
import { enforceRateLimit } from "~/http/rate-limit.server";
import type { RateLimited } from "~/http/rate-limited";
import { Page } from "~/layout/page";
import { buttonClass } from "~/ui/button";
import { Pager } from "~/ui/pager";
import { TooManyMatches } from "~/ui/too-many-matches";

export const handle = { access: "admin" };

export const meta: MetaFunction = () => [{ title: "Purchases · Admin · Courses Platform" }];

/** Also after a failed action: the list may be out of date. */
export const shouldRevalidate = () => true;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { role } = requirePermission(context, "purchases.read");
  const query = parsePurchaseQuery(new URL(request.url).searchParams);
  const [page, buyer, totals, flagged] = await Promise.all([
    findPurchases(context.db, query),
    findBuyer(context.db, query),
    loadMoneyTotals(context.db, Date.now()),
    listFlaggedPurchases(context.db),
  ]);
  return { role, query, page, buyer, totals, flagged };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const fields = await readFormData(request);
  await enforceRateLimit(context, "admin-write", fields);
  const outcome = await submitSettlement(context, fields);
  switch (outcome.kind) {
    case "settled": {
      const params = listParams(new URL(request.url).search);
      params.set("settled", outcome.settlement);
      params.set("purchase", outcome.purchaseId);
      return redirect(`/admin/purchases?${params}`);
    }
    case "not-found":
      throw new Response(null, { status: 404 });
    default:
      return data(outcome, { status: 409 });
  }
}

/** The whole list with the same filters. */
function exportUrl(params: URLSearchParams): string {
  const filters = listParams(`${params}`);
  for (const name of ["after", "before"]) filters.delete(name);
  return `/admin/purchases.csv?${filters}`;
}

export default function Purchases() {
  const { role, query, page, buyer, totals, flagged } = useLoaderData<typeof loader>();
  const failure = useActionData<PurchaseFailure | RateLimited>();
  const { search } = useLocation();
  const params = new URLSearchParams(search);
  const settleRequest = parseDialog(params, page?.rows ?? []);
  return (
    <Page title="Purchases" lead="All orders and purchases.">
      <div className="grid gap-8">
        <PurchaseNotice
          failure={failure}
          settled={params.get("settled")}
          purchaseId={params.get("purchase")}
        />
        {query.attention === null && <FlaggedPurchases flagged={flagged} />}
        <MoneyTotals totals={totals} />
        {buyer !== null && <OnlyOfBuyer {...buyer} />}
        <div className="flex flex-wrap items-end justify-between gap-4">
          <PurchaseFilter query={query} flagged={flagged} />
          {page !== null && can(role, "purchases.export") && (
            <a href={exportUrl(params)} download className={buttonClass("secondary")}>
              Export CSV
            </a>
          )}
        </div>
        {page === null ? (
          <TooManyMatches />
        ) : page.rows.length === 0 ? (
          <NoPurchases query={query} />
        ) : (
          <div>
            <PurchaseTable
              caption={
                query.attention === null || query.q !== ""
                  ? "Purchases, newest first"
                  : "Purchases, decisions first"
              }
              purchases={page.rows}
              mayChange={can(role, "purchases.change")}
            />
            <Pager previous={page.previous} next={page.next} />
          </div>
        )}
      </div>
      {settleRequest && <SettlementDialog settleRequest={settleRequest} search={search} />}
    </Page>
  );
}

function OnlyOfBuyer({ id, name }: { id: string; name: string }) {
  const linkClass = "text-accent underline underline-offset-4";
  return (
    <p>
      Purchases of{" "}
      <Link to={`/admin/users/${id}`} className={linkClass}>
        {name}
      </Link>{" "}
      only.{" "}
      <Link to="/admin/purchases" className={linkClass}>
        Show all purchases
      </Link>
    </p>
  );
}

function NoPurchases({ query: { q, ...filters } }: { query: PurchaseQuery }) {
  const { person, status, attention, from, to } = filters;
  const isFiltered = q !== "" || [person, status, attention, from, to].some((one) => one !== null);
  return <p className="text-muted">{isFiltered ? "No purchases match." : "No purchases yet."}</p>;
}
