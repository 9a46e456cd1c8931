/** What an action returns to a user who sends too many requests. */
export interface RateLimited {
  kind: "rate-limited";
  lastResult: SubmittedFields;
}

/** For Conform: the submitted fields, so that nothing typed is lost. */
export interface SubmittedFields {
  initialValue: Record<string, string>;
}

export const rateLimited = (submitted: FormData): RateLimited => ({
  kind: "rate-limited",
  lastResult: submittedFields(submitted),
});

export function submittedFields(submitted: FormData): SubmittedFields {
  const fields = [...submitted].map(([name, value]) => [name, `${value}`]);
  return { initialValue: Object.fromEntries(fields) };
}

export const isRateLimited = (result: unknown): result is RateLimited =>
  typeof result === "object" &&
  result !== null &&
  "kind" in result &&
  result.kind === "rate-limited";
