import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { ButtonLink } from "~/components/button-link";
import { EmptyState } from "~/components/empty-state";
import { Page } from "~/components/page";
import { Pager } from "~/components/pager";
import { PendingPurchases } from "~/components/purchases/pending-purchases";
import { PurchaseTable } from "~/components/purchases/purchase-table";
import { StreamedPart } from "~/components/streamed-part";
import { readCursor } from "~/db/cursor";
import { listMyPurchases } from "~/features/purchases/history.server";
import { getCurrentUser } from "~/features/users/current-user.server";
import { streamed } from "~/streamed.server";

export const meta: MetaFunction = () => [{ title: "Purchases History · Courses Platform" }];

export async function loader(args: LoaderFunctionArgs) {
  const { userId, redirectToSignIn } = await getCurrentUser(args);
  if (!userId) throw redirectToSignIn();
  const cursor = readCursor(new URL(args.request.url).searchParams);
  const { result: purchases } = await streamed(
    args,
    listMyPurchases(args.context.db, userId, cursor),
  );
  return { purchases };
}

type PurchasePage = Awaited<ReturnType<typeof listMyPurchases>>;

export default function PurchasesHistory() {
  const { purchases } = useLoaderData<typeof loader>();
  return (
    <Page title="Purchases History">
      <StreamedPart result={purchases} name="purchases" pending={<PendingPurchases />}>
        {(page) => <PurchaseList page={page} />}
      </StreamedPart>
    </Page>
  );
}

function PurchaseList({ page: { rows, previous, next } }: { page: PurchasePage }) {
  if (rows.length === 0) return <NoPurchasesYet />;
  return (
    <div>
      <PurchaseTable purchases={rows} />
      <Pager previous={previous} next={next} />
    </div>
  );
}

function NoPurchasesYet() {
  return (
    <EmptyState
      title="No purchases yet"
      action={
        <ButtonLink to="/" look="secondary">
          Browse the catalogue
        </ButtonLink>
      }
    >
      Every course you buy will be listed here with its date, its price and a receipt.
    </EmptyState>
  );
}
