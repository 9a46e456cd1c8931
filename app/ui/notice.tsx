import { type ReactNode, useEffect, useRef } from "react";

/** What became of what was just asked for. It takes the focus, so that it is read where the button was that asked. */
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
