import { type ReactNode, type RefObject, useEffect, useRef, useState } from "react";
import { useClerkFailed } from "~/clerk/use-clerk-failed";
import { buttonClass } from "~/ui/button";

const slowAfterMs = 10_000;

interface ClerkPanelProps {
  loadingText: string;
  children: ReactNode;
}

/** Clerk's components render nothing until ClerkJS has loaded; this shows what is happening. */
export function ClerkPanel({ loadingText, children }: ClerkPanelProps) {
  const content = useRef<HTMLDivElement>(null);
  const isEmpty = useIsEmpty(content);
  return (
    <div className="grid grid-cols-1">
      <div ref={content} className="col-start-1 row-start-1 min-w-0">
        {children}
      </div>
      {isEmpty && (
        <div className="col-start-1 row-start-1">
          <Placeholder loadingText={loadingText} />
        </div>
      )}
    </div>
  );
}

function Placeholder({ loadingText }: Pick<ClerkPanelProps, "loadingText">) {
  const hasFailed = useClerkFailed();
  const isSlow = useIsSlow();
  return (
    <div className="grid justify-items-start gap-5 rounded-md border border-line bg-surface p-8">
      <div role="status" className="text-muted">
        <p className="noscript:hidden">
          {hasFailed ? failedText : isSlow ? slowText : loadingText}
        </p>
        <p className="hidden noscript:block">
          This form needs JavaScript. Enable it in your browser and reload the page.
        </p>
      </div>
      {hasFailed || isSlow ? (
        <button
          type="button"
          onClick={() => location.reload()}
          className={buttonClass(hasFailed ? "primary" : "secondary")}
        >
          Try again
        </button>
      ) : null}
      {!hasFailed && <Skeleton />}
    </div>
  );
}

const failedText =
  "This form could not be loaded. Your connection may be interrupted, or an extension may be blocking it.";
const slowText =
  "This form is taking longer than usual to load. Your connection may be slow, or an extension may be blocking it.";

/** Two fields and a button. */
function Skeleton() {
  return (
    <div
      aria-hidden="true"
      className="grid w-full gap-3 *:rounded-md *:bg-line motion-safe:animate-pulse noscript:hidden"
    >
      <div className="h-3 w-28" />
      <div className="h-10" />
      <div className="mt-2 h-3 w-20" />
      <div className="h-10" />
      <div className="mt-4 h-10" />
    </div>
  );
}

function useIsEmpty(content: RefObject<HTMLElement>): boolean {
  const [isEmpty, setIsEmpty] = useState(true);
  useEffect(() => {
    const panel = content.current;
    if (!panel) return;
    const check = () => setIsEmpty(panel.textContent?.trim() === "");
    const observer = new MutationObserver(check);
    observer.observe(panel, { childList: true, subtree: true });
    check();
    return () => observer.disconnect();
  }, [content]);
  return isEmpty;
}

function useIsSlow(): boolean {
  const [isSlow, setIsSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsSlow(true), slowAfterMs);
    return () => clearTimeout(timer);
  }, []);
  return isSlow;
}
