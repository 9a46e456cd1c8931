import type { SubmissionResult } from "@conform-to/react";

/** Says above a form that came back from the worker that something in it is wrong; what, stands beside the fields. */
export function FormErrorSummary({ lastResult }: { lastResult: SubmissionResult | undefined }) {
  const wrong = Object.values(lastResult?.error ?? {}).filter((messages) => messages).length;
  if (wrong === 0) return null;
  return (
    <p className="text-danger">
      Nothing is saved yet: {wrong === 1 ? "one field needs" : `${wrong} fields need`} another look.
    </p>
  );
}
