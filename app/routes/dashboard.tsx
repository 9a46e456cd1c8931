import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { ButtonLink } from "~/components/button-link";
import { EmptyState } from "~/components/empty-state";
import { Page } from "~/components/page";
import { getCurrentUser } from "~/features/users/current-user.server";
import { publicProfile } from "~/features/users/user";

export const meta: MetaFunction = () => [{ title: "Dashboard · Courses Platform" }];

export async function loader(args: LoaderFunctionArgs) {
  const { user, redirectToSignIn } = await getCurrentUser(args, { allData: true });
  if (!user) throw redirectToSignIn();
  return { profile: publicProfile(user) };
}

export default function Dashboard() {
  const { profile } = useLoaderData<typeof loader>();
  return (
    <Page
      title={`Welcome, ${profile.name}`}
      lead="Your courses and your progress will meet you here."
    >
      <EmptyState
        title="No course started yet"
        action={
          <ButtonLink to="/" look="secondary">
            Browse the catalogue
          </ButtonLink>
        }
      >
        Once you start a course, the next lesson waits for you on this page.
      </EmptyState>
      <section aria-labelledby="account" className="mt-14 border-t border-line pt-6">
        <h2 id="account" className="text-2xl">
          Your account
        </h2>
        <dl className="mt-5 grid gap-x-10 gap-y-4 sm:grid-cols-[auto_1fr]">
          <Fact term="Name">{profile.name}</Fact>
          <Fact term="E-mail">{profile.email ?? "None"}</Fact>
          <Fact term="Role">{profile.role}</Fact>
          <Fact term="Account id">
            <code className="text-sm [overflow-wrap:anywhere]">{profile.id}</code>
          </Fact>
        </dl>
      </section>
    </Page>
  );
}

function Fact({ term, children }: { term: string; children: React.ReactNode }) {
  return (
    <>
      <dt className="text-muted max-sm:-mb-3.5">{term}</dt>
      <dd>{children}</dd>
    </>
  );
}
