import type { SubmissionResult } from "@conform-to/react";
import { useSearchParams } from "@remix-run/react";
import { type ReactNode, useState } from "react";
import { TitleForm } from "./title-form";

interface AddFormProps {
  kind: "section" | "lesson";
  hidden: Record<string, string>;
  /** An id that nothing has yet; another one each time that the page is loaded. */
  newId: string;
  lastResult: SubmissionResult | undefined;
  /** Whether it was opened to be typed into. */
  isOpened?: boolean;
  children?: ReactNode;
}

/**
 * Adds a section or a lesson. It keeps its id, by which what is sent twice is added once, until that is added; then it is empty
 * again and has the focus, for the next one.
 */
export function AddToOutlineForm({
  kind,
  hidden,
  newId,
  lastResult,
  isOpened,
  children,
}: AddFormProps) {
  const [id, setId] = useState(newId);
  const [count, setCount] = useState(0);
  const [params] = useSearchParams();
  if (params.get("added") === `${kind}:${id}` && newId !== id) {
    setId(newId);
    setCount(count + 1);
  }
  return (
    <TitleForm
      key={count}
      kind={kind}
      label={kind === "section" ? "New section" : "New lesson"}
      hidden={{ intent: `add-${kind}`, ...hidden, id }}
      lastResult={lastResult}
      submit={{ label: kind === "section" ? "Add section" : "Add lesson", busy: "Adding…" }}
      {...((isOpened || count > 0) && { focusOn: `${count}` })}
    >
      {children}
    </TitleForm>
  );
}
