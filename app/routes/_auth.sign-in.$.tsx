import { SignIn } from "@clerk/remix";
import type { MetaFunction } from "@remix-run/cloudflare";

export const handle = { access: "public" };

export const meta: MetaFunction = () => [{ title: "Sign in · Courses Platform" }];

export default function SignInPage() {
  return <SignIn />;
}
