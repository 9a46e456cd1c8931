import { useEffect, useLayoutEffect, useSyncExternalStore } from "react";

const noSubscription = () => () => {};

/** False in the worker and in the first browser render, so that hydration matches. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    noSubscription,
    () => true,
    () => false,
  );
}

/** On the server, where no effect runs, React warns about `useLayoutEffect`. */
export const useBrowserLayoutEffect = typeof document === "undefined" ? useEffect : useLayoutEffect;
