import { type ReactNode, type RefObject, useEffect, useRef, useState } from "react";
import { buttonClass } from "~/ui/button";

/** Clerk retries a failed download by itself, so this only offers another way. */
const slowAfterMs = 10_000;

type PanelState = "loading" | "slow" | "shown";

/** Clerk's components render nothing until ClerkJS has loaded; this says what is happening. */
export function ClerkPanel({ children }: { children: ReactNode }) {
  const content = useRef<HTMLDivElement>(null);
  const state = usePanelState(content);
  return (
    <div className="grid grid-cols-1">
      <div ref={content} className="col-start-1 row-start-1 min-w-0">
        {children}
      </div>
      {state !== "shown" && (
        <div
          role="status"
          className="col-start-1 row-start-1 grid animate-appear justify-items-start gap-4 py-10 text-muted"
        >
          <p className="noscript:hidden">{state === "loading" ? "Loading…" : <SlowText />}</p>
          {state === "slow" && (
            <button
              type="button"
              onClick={() => location.reload()}
              className={buttonClass("secondary")}
            >
              Try again
            </button>
          )}
          <p className="hidden noscript:block">
            This form needs JavaScript. Enable it in your browser and reload the page.
          </p>
        </div>
      )}
    </div>
  );
}

function SlowText() {
  return (
    <>
      This form is taking longer than usual to load. Your connection may be slow, or an extension
      may be blocking it.
    </>
  );
}

function usePanelState(content: RefObject<HTMLElement>): PanelState {
  const [isEmpty, setIsEmpty] = useState(true);
  const [isSlow, setIsSlow] = useState(false);
  useEffect(() => {
    const panel = content.current;
    if (!panel) return;
    const check = () => setIsEmpty(panel.textContent?.trim() === "");
    const observer = new MutationObserver(check);
    observer.observe(panel, { childList: true, subtree: true });
    check();
    return () => observer.disconnect();
  }, [content]);
  useEffect(() => {
    setIsSlow(false);
    if (!isEmpty) return;
    const timer = setTimeout(() => setIsSlow(true), slowAfterMs);
    return () => clearTimeout(timer);
  }, [isEmpty]);
  if (!isEmpty) return "shown";
  return isSlow ? "slow" : "loading";
}
