import { type ReactNode, useId } from "react";

export function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="grid grid-cols-1 gap-x-12 gap-y-3 border-t border-line pt-7 md:grid-cols-3"
    >
      <h2 id={id} className="text-2xl leading-tight">
        {title}
      </h2>
      <div className="md:col-span-2">{children}</div>
    </section>
  );
}
