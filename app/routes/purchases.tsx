import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { ButtonLink } from "~/components/button-link";
import { EmptyState } from "~/components/empty-state";
import { Page } from "~/components/page";
import { getCurrentUser } from "~/features/users/current-user.server";

export const meta: MetaFunction = () => [{ title: "Purchases History · Courses Platform" }];

export async function loader(args: LoaderFunctionArgs) {
  const { userId, redirectToSignIn } = await getCurrentUser(args);
  if (!userId) throw redirectToSignIn();
  return null;
}

export default function PurchasesHistory() {
  return (
    <Page title="Purchases History">
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
    </Page>
  );
}
