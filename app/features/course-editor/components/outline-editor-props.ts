import type { OutlineRefusal } from "../outline-actions.server";

/** What a form of the page was answered, if it was that form. */
export const resultOf = (refusal: OutlineRefusal | undefined, intent: string) =>
  refusal?.intent === intent ? refusal.lastResult : undefined;
