import { SignUp } from "@clerk/clerk-react";
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { ClerkPanel } from "~/layout/clerk-panel";
import { noIndex } from "~/layout/page-meta";

export const handle = { access: "public" };

export const meta: MetaFunction = () => [
  { title: "Create an account · Courses Platform" },
  noIndex,
];

export function loader({ context }: LoaderFunctionArgs) {
  return { note: context.environment.SIGN_UP_NOTE ?? null };
}

export default function SignUpPage() {
  const { note } = useLoaderData<typeof loader>();
  return (
    <>
      {note && <p className="mb-5 rounded-md border border-line px-4 py-3">{note}</p>}
      <ClerkPanel loadingText="Loading the sign-up form…">
        <SignUp path="/sign-up" routing="path" />
      </ClerkPanel>
    </>
  );
}
