import type { MetaFunction } from "@remix-run/cloudflare";
import { useRouteLoaderData } from "@remix-run/react";
import { ButtonLink } from "~/components/button-link";
import { EmptyState } from "~/components/empty-state";
import type { loader as rootLoader } from "~/root";

export const handle = { access: "public" };

export const meta: MetaFunction = () => [
  { title: "Courses Platform" },
  { name: "description", content: "Short, well-written courses, and your progress kept." },
];

export default function Catalogue() {
  const root = useRouteLoaderData<typeof rootLoader>("root");
  return (
    <div className="mx-auto max-w-6xl px-5 sm:px-8">
      <section className="py-16 sm:py-28">
        <h1 className="max-w-[14ch] text-display leading-[0.98] tracking-[-0.03em]">
          Learn one thing <em>well</em>, then the next.
        </h1>
        <p className="mt-7 max-w-[52ch] text-lg text-muted">
          Short courses with a beginning and an end. Read, practise, tick the lesson off, and find
          your place again on any device.
        </p>
        <div className="mt-9 flex flex-wrap gap-3">
          {root?.viewer ? (
            <ButtonLink to="/dashboard">Go to your dashboard</ButtonLink>
          ) : (
            <>
              <ButtonLink to={root?.env.CLERK_SIGN_UP_URL ?? "/sign-up"}>
                Create an account
              </ButtonLink>
              <ButtonLink to={root?.env.CLERK_SIGN_IN_URL ?? "/sign-in"} look="secondary">
                Sign in
              </ButtonLink>
            </>
          )}
        </div>
      </section>
      <div className="pb-24">
        <EmptyState title="The catalogue opens soon">
          The first courses are being written. They will be listed here, open to read about before
          you sign up.
        </EmptyState>
      </div>
    </div>
  );
}
