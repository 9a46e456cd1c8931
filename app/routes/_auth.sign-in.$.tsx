import { SignIn } from "@clerk/clerk-react";
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { redirectIfSignedIn } from "~/features/users/redirect-if-signed-in.server";
import { ClerkPanel } from "~/layout/clerk-panel";
import { NewDeviceStep } from "~/layout/new-device-step";
import { noIndex } from "~/layout/page-meta";

export const handle = { access: "public" };

export const meta: MetaFunction = () => [{ title: "Sign in · Courses Platform" }, noIndex];

export function loader(args: LoaderFunctionArgs) {
  return redirectIfSignedIn(args);
}

export default function SignInPage() {
  return (
    <ClerkPanel loadingText="Loading the sign-in form…">
      <NewDeviceStep />
      <SignIn path="/sign-in" routing="path" />
    </ClerkPanel>
  );
}
