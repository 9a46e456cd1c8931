import { useEffect, useRef } from "react";

/** Focuses an element by id as soon as it is rendered, even after a navigation. */
export function useDeferredFocus(): (elementId: string) => void {
  const pendingId = useRef<string | null>(null);
  useEffect(() => {
    const element = pendingId.current === null ? null : document.getElementById(pendingId.current);
    if (!element) return;
    pendingId.current = null;
    element.focus();
  });
  return (elementId) => {
    pendingId.current = elementId;
  };
}
