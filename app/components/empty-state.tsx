import type { ReactNode } from "react";

interface EmptyStateProps {
  title: string;
  children: ReactNode;
  action?: ReactNode;
}

/** What stands where there is nothing yet: what will be here, and what to do meanwhile. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <section className="border-t border-line pt-6">
      <h2 className="text-2xl">{title}</h2>
      <p className="mt-2 max-w-[60ch] text-muted">{children}</p>
      {action && <div className="mt-6">{action}</div>}
    </section>
  );
}
