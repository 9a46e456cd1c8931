import type { SubmissionResult } from "@conform-to/react";

export function FormErrorSummary({ lastResult }: { lastResult: SubmissionResult | undefined }) {
  const errorCount = Object.values(lastResult?.error ?? {}).filter((messages) => messages).length;
  if (errorCount === 0) return null;
  return (
    <p className="text-danger">
      Not saved: {errorCount === 1 ? "one field needs" : `${errorCount} fields need`} your
      attention.
    </p>
  );
}
