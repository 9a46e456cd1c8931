import { UserProfile } from "@clerk/clerk-react";
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { getCurrentUser } from "~/features/users/current-user.server";
import { ClerkPanel } from "~/layout/clerk-panel";

export const handle = { usesCachedUser: true };

export const meta: MetaFunction = () => [{ title: "Your account · Courses Platform" }];

export async function loader(args: LoaderFunctionArgs) {
  const { userId, redirectToSignIn } = await getCurrentUser(args);
  if (!userId) throw redirectToSignIn();
  return null;
}

export default function AccountPage() {
  return (
    <div className="mx-auto min-h-[44rem] max-w-6xl px-5 py-10 sm:px-8">
      <h1 className="sr-only">Your account</h1>
      <ClerkPanel loadingText="Loading your account…">
        <UserProfile path="/account" routing="path" />
      </ClerkPanel>
    </div>
  );
}
