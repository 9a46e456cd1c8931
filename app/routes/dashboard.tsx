import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { CoursesToContinue } from "~/features/learning/components/courses-to-continue";
import { hasLessonMarkedCookie } from "~/features/learning/lesson-marked-cookie";
import { getRecentCourses } from "~/features/learning/recent-courses.server";
import { getCurrentUser } from "~/features/users/current-user.server";
import { Page } from "~/layout/page";
import { DescriptionItem, DescriptionList } from "~/ui/description-list";

export const handle = { usesCachedUser: true, writesUserCache: true };

export const meta: MetaFunction = () => [{ title: "Dashboard · Courses Platform" }];

export async function loader(args: LoaderFunctionArgs) {
  const { user, redirectToSignIn } = await getCurrentUser(args, { allData: true });
  if (!user) throw redirectToSignIn();
  const courses = await getRecentCourses(args.context, user, {
    skipCopy: hasLessonMarkedCookie(args.request),
  });
  return { name: user.name, email: user.email, courses };
}

export default function Dashboard() {
  const { name, email, courses } = useLoaderData<typeof loader>();
  return (
    <Page title={`Welcome, ${name}`}>
      <div className="grid gap-x-12 gap-y-14 lg:grid-cols-[minmax(0,1fr)_17rem]">
        <div className="grid content-start gap-y-14">
          <CoursesToContinue courses={courses} />
        </div>
        <Account name={name} email={email} />
      </div>
    </Page>
  );
}

function Account({ name, email }: { name: string; email: string | null }) {
  return (
    <section aria-labelledby="account" className="border-t border-line pt-7">
      <h2 id="account" className="mb-3 text-2xl leading-tight">
        Your account
      </h2>
      <DescriptionList aside>
        <DescriptionItem term="Name">{name}</DescriptionItem>
        <DescriptionItem term="Email">{email ?? "None"}</DescriptionItem>
      </DescriptionList>
    </section>
  );
}
