import { useBlocker, useNavigate } from "@remix-run/react";
import { type FormEvent, useEffect, useRef } from "react";
import { useBrowserLayoutEffect } from "~/ui/hydration";

interface Saving {
  isSaving: boolean;
  hasFailed: boolean;
}

/**
 * Defers navigations and form submissions until all steps are saved: they would abort the pending
 * one. Drops them after a failure, since the page has changed. `useBlocker` alone is not enough:
 * each save is a navigation too and would reset it.
 */
export function useWaitUntilSaved({ isSaving, hasFailed }: Saving) {
  const navigate = useNavigate();
  const waiting = useRef<(() => void) | null>(null);
  const isOwnNavigation = useRef(false);
  // The blocker is replaced only some time after the page shows a result.
  const showsSaving = useRef(isSaving);
  useBrowserLayoutEffect(() => {
    showsSaving.current = isSaving;
  }, [isSaving]);

  useBlocker(({ currentLocation, nextLocation, historyAction }) => {
    if (!showsSaving.current || isOwnNavigation.current) return false;
    const replace = historyAction === "REPLACE";
    const preventScrollReset = nextLocation.pathname === currentLocation.pathname;
    waiting.current = () => navigate(nextLocation, { replace, preventScrollReset });
    return true;
  });

  useEffect(() => {
    if (isSaving) return;
    const resume = waiting.current;
    waiting.current = null;
    if (!hasFailed) resume?.();
  }, [isSaving, hasFailed]);

  /** Saves without being deferred itself. */
  const submitMove = (save: () => void) => {
    isOwnNavigation.current = true;
    save();
    isOwnNavigation.current = false;
  };

  /** Must run in the capture phase, before the form is submitted. */
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
