import { useAccountLinks, useRootData } from "~/layout/root-data";
import { ButtonLink } from "~/ui/button-link";

export function CatalogHero() {
  const root = useRootData();
  const { signUp, signIn } = useAccountLinks();
  return (
    <section className="py-14 sm:py-20">
      <h1 className="max-w-[14ch] text-display leading-[0.98] tracking-[-0.03em]">
        Learn one thing <em>well</em>, then the next.
      </h1>
      <p className="mt-7 max-w-[52ch] text-lg text-muted">
        Short courses with a beginning and an end. Read, practice, mark lessons as done, and pick up
        where you left off on any device.
      </p>
      <div className="mt-9 flex flex-wrap gap-3">
        {root?.viewer ? (
          <ButtonLink to="/dashboard">Go to your dashboard</ButtonLink>
        ) : (
          <>
            <ButtonLink {...signUp}>Create an account</ButtonLink>
            <ButtonLink {...signIn} variant="secondary">
              Sign in
            </ButtonLink>
          </>
        )}
      </div>
    </section>
  );
}
