import { useNavigation } from "@remix-run/react";

/** Shown during slow navigations; the CSS animation delays it, so no timer is needed. */
export function LoadingBar() {
  if (useNavigation().state === "idle") return null;
  return (
    <div
      role="progressbar"
      aria-label="Loading page"
      className="fixed inset-x-0 top-0 z-20 h-[3px] animate-appear overflow-hidden bg-accent/25"
    >
      <div className="h-full w-1/3 bg-accent motion-safe:animate-sweep motion-reduce:w-full" />
    </div>
  );
}
