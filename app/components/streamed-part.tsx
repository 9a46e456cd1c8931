import { Await, Link, useLocation } from "@remix-run/react";
import { type ReactNode, Suspense } from "react";
import { wholeParameter } from "~/whole-page";
import { ButtonLink } from "./button-link";
import { EmptyState } from "./empty-state";

interface StreamedPartProps<Given> {
  /** What a loader got from `streamed`: it is there, or on its way. */
  result: Given;
  /** What it is of somebody's: "courses". */
  name: string;
  /** Takes the room until it is there. */
  pending: ReactNode;
  children: (result: Awaited<Given>) => ReactNode;
}

/** A part of a page that may follow the rest of the document (app/streamed.server.ts). */
export function StreamedPart<Given>({ result, name, pending, children }: StreamedPartProps<Given>) {
  return (
    <Suspense fallback={<Pending name={name}>{pending}</Pending>}>
      <Await resolve={result} errorElement={<Failed name={name} />}>
        {children}
      </Await>
    </Suspense>
  );
}

function Pending({ name, children }: { name: string; children: ReactNode }) {
  const whole = new URLSearchParams(useLocation().search);
  whole.set(wholeParameter, "1");
  return (
    <div data-pending>
      <p role="status" className="sr-only">
        Loading your {name}
      </p>
      <noscript>
        <p className="mb-6">
          <Link to={`?${whole}`} className="font-medium text-accent underline underline-offset-4">
            Show your {name} without scripts
          </Link>
        </p>
      </noscript>
      <div aria-hidden="true" className="motion-safe:animate-pulse">
        {children}
      </div>
    </div>
  );
}

/** The rest of the page stands. */
function Failed({ name }: { name: string }) {
  const { pathname, search } = useLocation();
  return (
    <div role="alert">
      <EmptyState
        title={`Your ${name} could not be loaded`}
        action={
          <ButtonLink to={pathname + search} look="secondary">
            Try again
          </ButtonLink>
        }
      >
        Nothing is lost. They will be here again in a moment.
      </EmptyState>
    </div>
  );
}
