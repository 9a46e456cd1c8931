import type { SubmissionResult } from "@conform-to/react";
import type { Outline, OutlineSection } from "~/features/courses/outline";
import type { OutlineFailure } from "../outline-actions.server";

/** What a form of the page was answered, if it was that form. */
export const resultForIntent = (failure: OutlineFailure | undefined, intent: string) =>
  failure?.intent === intent ? failure.lastResult : undefined;

export interface OutlineEditorProps {
  course: { id: string; version: number };
  outline: Outline;
  /** An id for each thing that the page can add: by section, and for a section. */
  newIds: { section: string; lessons: Record<string, string> };
  failure: OutlineFailure | undefined;
}

export interface OutlineSectionProps {
  courseId: string;
  version: number;
  section: OutlineSection;
  /** Whether there is none before it, none behind it. */
  isFirst: boolean;
  isLast: boolean;
  /** Which form stands open in it. */
  open: "rename" | "add" | null;
  /** An id for a lesson to be. */
  newId: string;
  lastResult: SubmissionResult | undefined;
  dragged: string | null;
  place: DropPlace | null;
  canDrag: boolean;
  deferFocus: (elementId: string) => void;
}

/** Where a lesson would land: before the one at that place, the dragged one not counted. */
export interface DropPlace {
  sectionId: string;
  index: number;
}
