import type { SubmissionResult } from "@conform-to/react";
import type { Outline, OutlineSection } from "~/features/courses/outline";
import type { RateLimited } from "~/http/rate-limited";
import type { OutlineFailure } from "../outline-actions.server";

export function resultForIntent(
  failure: OutlineFailure | RateLimited | undefined,
  intent: string,
): SubmissionResult | undefined {
  const failed =
    failure?.kind === "rate-limited" ? failure.lastResult.initialValue.intent : failure?.intent;
  return failed === intent ? failure?.lastResult : undefined;
}

export interface OutlineEditorProps {
  course: { id: string; version: number };
  outline: Outline;
  /** Ids for the next section and, by section, for the next lesson. */
  newIds: { section: string; lessons: Record<string, string> };
  failure: OutlineFailure | RateLimited | undefined;
}

export interface OutlineSectionProps {
  courseId: string;
  version: number;
  section: OutlineSection;
  isFirst: boolean;
  isLast: boolean;
  open: "rename" | "add" | null;
  newId: string;
  lastResult: SubmissionResult | undefined;
  draggedId: string | null;
  dropPosition: DropPosition | null;
  canDrag: boolean;
  deferFocus: (elementId: string) => void;
}

/** The index does not count the dragged lesson. */
export interface DropPosition {
  sectionId: string;
  index: number;
}
