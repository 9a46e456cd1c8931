import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { ButtonLink } from "~/components/button-link";
import { EmptyState } from "~/components/empty-state";
import { Page } from "~/components/page";
import { getCurrentUser } from "~/features/users/current-user.server";

export const meta: MetaFunction = () => [{ title: "My Courses · Courses Platform" }];

export async function loader(args: LoaderFunctionArgs) {
  const { userId, redirectToSignIn } = await getCurrentUser(args);
  if (!userId) throw redirectToSignIn();
  return null;
}

export default function MyCourses() {
  return (
    <Page title="My Courses">
      <EmptyState
        title="No courses yet"
        action={
          <ButtonLink to="/" look="secondary">
            Browse the catalogue
          </ButtonLink>
        }
      >
        The courses you take will be listed here with how far you have come in each.
      </EmptyState>
    </Page>
  );
}
