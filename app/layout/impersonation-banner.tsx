import { useViewer } from "./document-context";

export function ImpersonationBanner() {
  if (!useViewer()?.isImpersonated) return null;
  return (
    <aside
      aria-label="Impersonation"
      className="border-b border-danger bg-danger/10 px-5 py-2 text-[0.9375rem] sm:px-8 print:hidden"
    >
      <p className="mx-auto max-w-6xl">
        You are signed in as another user. What you do is recorded as done by you. Orders and admin
        pages are disabled.
      </p>
    </aside>
  );
}
