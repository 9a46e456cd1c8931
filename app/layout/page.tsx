import type { ReactNode } from "react";

interface PageProps {
  title: string;
  lead?: ReactNode;
  children?: ReactNode;
}

export function Page({ title, lead, children }: PageProps) {
  return (
    <div className="mx-auto max-w-6xl px-5 py-12 sm:px-8 sm:py-16">
      <h1 className="text-title leading-[1.1] wrap-break-word">{title}</h1>
      {lead && <p className="mt-4 max-w-[60ch] text-lg text-muted wrap-break-word">{lead}</p>}
      {children && <div className="mt-10 grid gap-y-14 sm:mt-14">{children}</div>}
    </div>
  );
}
