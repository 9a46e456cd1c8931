import { Link, useLocation } from "@remix-run/react";
import type { ReactNode } from "react";

interface PagerProps {
  previous: string | null;
  next: string | null;
}

/** Keyset pagination links that keep the other search params. */
export function Pager({ previous, next }: PagerProps) {
  if (previous === null && next === null) return null;
  return (
    <nav aria-label="Pages" className="mt-6 flex gap-x-6 text-[0.9375rem]">
      <PageLink name="before" cursor={previous}>
        Previous
      </PageLink>
      <PageLink name="after" cursor={next}>
        Next
      </PageLink>
    </nav>
  );
}

function PageLink({
  name,
  cursor,
  children,
}: {
  name: "before" | "after";
  cursor: string | null;
  children: ReactNode;
}) {
  const { search } = useLocation();
  if (cursor === null) return <span className="text-muted">{children}</span>;
  const params = new URLSearchParams(search);
  for (const other of ["before", "after"]) params.delete(other);
  params.set(name, cursor);
  return (
    <Link
      to={`?${params}`}
      rel={name === "after" ? "next" : "prev"}
      className="font-medium text-accent underline underline-offset-4"
    >
      {children}
    </Link>
  );
}
