import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { CoursesToContinue } from "~/components/courses/courses-to-continue";
import { Fact, Facts } from "~/components/facts";
import { Page } from "~/components/page";
import { Section } from "~/components/section";
import { readRecentCourses } from "~/features/learning/recent-courses.server";
import { getCurrentUser } from "~/features/users/current-user.server";
import { publicProfile } from "~/features/users/user";

export const handle = { keepsRecord: true };

export const meta: MetaFunction = () => [{ title: "Dashboard · Courses Platform" }];

export async function loader(args: LoaderFunctionArgs) {
  const { user, redirectToSignIn } = await getCurrentUser(args, { allData: true });
  if (!user) throw redirectToSignIn();
  const courses = await readRecentCourses(args.context, user);
  return { profile: publicProfile(user), courses };
}

export default function Dashboard() {
  const { profile, courses } = useLoaderData<typeof loader>();
  const lead =
    courses.length === 0 ? "Your courses and your progress will meet you here." : undefined;
  return (
    <Page title={`Welcome, ${profile.name}`} lead={lead}>
      <CoursesToContinue courses={courses} />
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
