import { type ReactNode, useEffect, useRef } from "react";

/** The result of an action. Takes focus, so that screen readers announce it. */
export function Notice({ tone, children }: { tone: "success" | "danger"; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div
      ref={box}
      role={tone === "danger" ? "alert" : "status"}
      tabIndex={-1}
      className={`max-w-[60ch] rounded-md border px-4 py-3 outline-none ${tone === "danger" ? "border-danger" : "border-success"}`}
    >
      {children}
    </div>
  );
}
