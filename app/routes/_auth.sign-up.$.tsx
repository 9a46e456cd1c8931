import { SignUp } from "@clerk/remix";
import type { MetaFunction } from "@remix-run/cloudflare";

export const handle = { access: "public" };

export const meta: MetaFunction = () => [{ title: "Create an account · Courses Platform" }];

export default function SignUpPage() {
  return <SignUp />;
}
