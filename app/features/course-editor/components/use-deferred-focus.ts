import { useEffect, useRef } from "react";

/** Moves the focus to an element, by its id, as soon as it is there: it may come with the next page, or be made anew. */
export function useFocusLater(): (elementId: string) => void {
  const wanted = useRef<string | null>(null);
  useEffect(() => {
    const element = wanted.current === null ? null : document.getElementById(wanted.current);
    if (!element) return;
    wanted.current = null;
    element.focus();
  });
  return (elementId) => {
    wanted.current = elementId;
  };
}
