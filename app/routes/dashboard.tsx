import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { ButtonLink } from "~/components/button-link";
import { EmptyState } from "~/components/empty-state";
import { Fact, Facts } from "~/components/facts";
import { Page } from "~/components/page";
import { Section } from "~/components/section";
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
      <Section title="Your account">
        <Facts>
          <Fact term="Name">{profile.name}</Fact>
          <Fact term="E-mail">{profile.email ?? "None"}</Fact>
          <Fact term="Role">{profile.role}</Fact>
          <Fact term="Account id">
            <code className="text-sm [overflow-wrap:anywhere]">{profile.id}</code>
          </Fact>
        </Facts>
      </Section>
    </Page>
  );
}
