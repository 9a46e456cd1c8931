import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { parseCursor } from "~/db/cursor";
import { PurchaseTable } from "~/features/purchases/components/purchase-table";
import { listMyPurchases } from "~/features/purchases/purchase-history.server";
import { getCurrentUser } from "~/features/users/current-user.server";
import { Page } from "~/layout/page";
import { ButtonLink } from "~/ui/button-link";
import { EmptyState } from "~/ui/empty-state";
import { Pager } from "~/ui/pager";

export const meta: MetaFunction = () => [{ title: "Purchase history · Courses Platform" }];

export async function loader(args: LoaderFunctionArgs) {
  const { userId, redirectToSignIn } = await getCurrentUser(args);
  if (!userId) throw redirectToSignIn();
  const cursor = parseCursor(new URL(args.request.url).searchParams);
  return listMyPurchases(args.context.db, userId, cursor);
}

export default function PurchaseHistory() {
  const { rows, previous, next } = useLoaderData<typeof loader>();
  return (
    <Page title="Purchase history">
      <div>
        {rows.length === 0 ? <NoPurchasesYet /> : <PurchaseTable purchases={rows} />}
        <Pager previous={previous} next={next} />
      </div>
    </Page>
  );
}

function NoPurchasesYet() {
  return (
    <EmptyState
      title="No purchases yet"
      action={
        <ButtonLink to="/" variant="secondary">
          Browse courses
        </ButtonLink>
      }
    >
      Courses you buy appear here with their date, price and receipt.
    </EmptyState>
  );
}
