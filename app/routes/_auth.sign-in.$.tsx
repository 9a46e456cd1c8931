import { SignIn } from "@clerk/remix";
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { redirectIfSignedIn } from "~/features/users/redirect-if-signed-in.server";
import { NewDeviceStep } from "~/layout/new-device-step";

export const handle = { access: "public" };

export const meta: MetaFunction = () => [{ title: "Sign in · Courses Platform" }];

export function loader(args: LoaderFunctionArgs) {
  return redirectIfSignedIn(args);
}

export default function SignInPage() {
  return (
    <>
      <NewDeviceStep />
      <SignIn />
    </>
  );
}
