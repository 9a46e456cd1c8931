import { useBlocker, useNavigate } from "@remix-run/react";
import { type FormEvent, useEffect, useRef } from "react";

interface Saving {
  isSaving: boolean;
  hasFailed: boolean;
}

/**
 * Lets whatever else is asked of the page wait until all is saved: a link that is followed, a form that is sent. Either would break
 * off what is on its way. After a refusal it is dropped, for the page then shows something else than it was asked on. A blocker
 * alone forgets where somebody was going as soon as one of several things is saved, which is a navigation too.
 */
export function useWaitUntilSaved({ isSaving, hasFailed }: Saving) {
  const navigate = useNavigate();
  const waiting = useRef<(() => void) | null>(null);
  const isOwnNavigation = useRef(false);

  useBlocker(({ currentLocation, nextLocation, historyAction }) => {
    if (!isSaving || isOwnNavigation.current) return false;
    const replace = historyAction === "REPLACE";
    const preventScrollReset = nextLocation.pathname === currentLocation.pathname;
    waiting.current = () => navigate(nextLocation, { replace, preventScrollReset });
    return true;
  });

  useEffect(() => {
    if (isSaving) return;
    const go = waiting.current;
    waiting.current = null;
    if (!hasFailed) go?.();
  }, [isSaving, hasFailed]);

  /** What saves does not wait for itself. */
  const submitMove = (save: () => void) => {
    isOwnNavigation.current = true;
    save();
    isOwnNavigation.current = false;
  };

  /** For the capture phase: a form that waits has not been sent yet. */
  const deferSubmit = (event: FormEvent<HTMLElement>) => {
    const { target: form, nativeEvent } = event;
    if (!isSaving || !(form instanceof HTMLFormElement)) return;
    event.preventDefault();
    event.stopPropagation();
    const button = nativeEvent instanceof SubmitEvent ? nativeEvent.submitter : null;
    waiting.current = () => form.isConnected && form.requestSubmit(button);
  };
  return { submitMove, deferSubmit };
}
