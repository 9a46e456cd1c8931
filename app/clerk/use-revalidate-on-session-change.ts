import { useAuth } from "@clerk/clerk-react";
import { useRevalidator } from "@remix-run/react";
import { useEffect, useRef } from "react";

/** Reloads data when the session starts or ends in any tab, so that private pages disappear. */
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
