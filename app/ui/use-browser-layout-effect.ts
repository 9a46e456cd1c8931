import { useEffect, useLayoutEffect } from "react";

/** On the server, where no effect runs, React warns about `useLayoutEffect`. */
export const useBrowserLayoutEffect = typeof document === "undefined" ? useEffect : useLayoutEffect;
