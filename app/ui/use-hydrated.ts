import { useSyncExternalStore } from "react";

const noSubscription = () => () => {};

/** Whether scripts run: false in the worker and in the first render of a browser, so that both say the same. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    noSubscription,
    () => true,
    () => false,
  );
}
