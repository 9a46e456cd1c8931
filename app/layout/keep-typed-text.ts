/**
 * React 18 resets a textarea to its initial value when it hydrates. Returns a function that
 * restores what was typed before; call it after hydration.
 */
export function keepTypedText(): () => void {
  const typed = new Map<HTMLTextAreaElement, string>();
  for (const textarea of document.querySelectorAll("textarea")) {
    if (textarea.value !== textarea.defaultValue) typed.set(textarea, textarea.value);
  }
  const record = ({ target }: Event) => {
    if (target instanceof HTMLTextAreaElement) typed.set(target, target.value);
  };
  document.addEventListener("input", record, true);
  return () => {
    document.removeEventListener("input", record, true);
    for (const [textarea, text] of typed) textarea.value = text;
  };
}
