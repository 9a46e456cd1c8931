import { hasFreshToken } from "~/clerk/use-refresh-session";

/** Renews an expired token before any form is posted. Returns a clean-up function. */
export function refreshBeforeSubmit(refreshSession: () => Promise<void>): () => void {
  const refreshed = new WeakSet<HTMLFormElement>();
  const handleSubmit = (event: SubmitEvent) => {
    const { target: form, submitter } = event;
    if (!(form instanceof HTMLFormElement) || form.getAttribute("method") !== "post") return;
    if (refreshed.delete(form) || hasFreshToken()) return;
    event.preventDefault();
    event.stopPropagation();
    if (form.ariaBusy) return;
    form.ariaBusy = "true";
    void refreshSession().then(() => {
      form.ariaBusy = null;
      if (!form.isConnected) return;
      refreshed.add(form);
      form.requestSubmit(submitter?.isConnected ? submitter : null);
    });
  };
  // Before Remix's own handlers.
  window.addEventListener("submit", handleSubmit, true);
  return () => window.removeEventListener("submit", handleSubmit, true);
}
