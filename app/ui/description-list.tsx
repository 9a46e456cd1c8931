import type { ReactNode } from "react";

interface DescriptionListProps {
  /** In a sidebar: one column on wide screens. */
  aside?: boolean;
  children: ReactNode;
}

export function DescriptionList({ aside = false, children }: DescriptionListProps) {
  return (
    <dl
      data-aside={aside || undefined}
      className="group/facts grid gap-x-10 gap-y-3 sm:grid-cols-[auto_1fr] data-aside:lg:grid-cols-1"
    >
      {children}
    </dl>
  );
}

export function DescriptionItem({ term, children }: { term: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted max-sm:-mb-3 group-data-aside/facts:lg:-mb-3">{term}</dt>
      <dd className="[overflow-wrap:anywhere]">{children}</dd>
    </>
  );
}
