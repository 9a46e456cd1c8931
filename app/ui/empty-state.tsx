import type { ReactNode } from "react";
import { Section } from "./section";

interface EmptyStateProps {
  title: string;
  children: ReactNode;
  action?: ReactNode;
}

export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <Section title={title}>
      <p className="max-w-[56ch] text-muted">{children}</p>
      {action && <div className="mt-6">{action}</div>}
    </Section>
  );
}
