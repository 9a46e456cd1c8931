import { useAuth } from "@clerk/remix";
import { useRevalidator } from "@remix-run/react";
import { useEffect, useRef } from "react";

/**
 * Asks the server again when the session in this browser begins or ends, in this tab or another one: a page that is no longer
 * for this person then leaves the screen.
 */
export function useRevalidateOnSessionChange(): void {
  const { isLoaded, sessionId } = useAuth();
  const { revalidate } = useRevalidator();
  const last = useRef<string | null | undefined>(undefined);
  useEffect(() => {
    if (!isLoaded) return;
    const changed = last.current !== undefined && last.current !== sessionId;
    last.current = sessionId ?? null;
    if (changed) revalidate();
  }, [isLoaded, sessionId, revalidate]);
}
