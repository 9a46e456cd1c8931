import { useEffect, useRef } from "react";

/** Moves the focus to an element, by its id, as soon as it is there: it may come with the next page, or be made anew. */
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
