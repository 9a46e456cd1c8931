import type { SubmissionResult } from "@conform-to/react";
import { useSearchParams } from "@remix-run/react";
import { type ReactNode, useState } from "react";
import { TitleForm } from "./title-form";

interface AddToOutlineFormProps {
  kind: "section" | "lesson";
  hidden: Record<string, string>;
  newId: string;
  lastResult: SubmissionResult | undefined;
  isOpened?: boolean;
  children?: ReactNode;
}

/** Keeps its id until the item is added, which makes submissions idempotent. */
export function AddToOutlineForm({
  kind,
  hidden,
  newId,
  lastResult,
  isOpened,
  children,
}: AddToOutlineFormProps) {
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
      {...((isOpened || count > 0) && { focusKey: `${count}` })}
    >
      {children}
    </TitleForm>
  );
}
