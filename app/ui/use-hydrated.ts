import { useSyncExternalStore } from "react";

const noSubscription = () => () => {};

/** False in the worker and in the first browser render, so that hydration matches. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    noSubscription,
    () => true,
    () => false,
  );
}
