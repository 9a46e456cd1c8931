import { useClerk } from "@clerk/clerk-react";
import { useBrowserLayoutEffect } from "~/ui/hydration";

/** `ClerkProvider` misses that ClerkJS gets ready between its first render and its effects. */
export function useCurrentClerkStatus(): void {
  const clerk = useClerk();
  useBrowserLayoutEffect(() => {
    const { on } = clerk;
    clerk.on = (event, handler) => on(event, handler, { notify: true });
  }, [clerk]);
}
