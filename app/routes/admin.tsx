import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { EmptyState } from "~/components/empty-state";
import { Page } from "~/components/page";
import { getCurrentUser } from "~/features/users/current-user.server";

export const handle = { access: "admin" };

export const meta: MetaFunction = () => [{ title: "Admin · Courses Platform" }];

export async function loader(args: LoaderFunctionArgs) {
  const { userId, redirectToSignIn } = await getCurrentUser(args);
  if (!userId) throw redirectToSignIn();
  return null;
}

export default function Admin() {
  return (
    <Page
      title="Admin"
      lead="You see this page because your role in our records is admin, as of this request."
    >
      <EmptyState title="The console comes here">
        People and their roles, courses, the health of the sync with Clerk, and the record of who
        changed what.
      </EmptyState>
    </Page>
  );
}
