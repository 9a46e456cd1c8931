import type { SubmissionResult } from "@conform-to/react";
import type { Outline, OutlineSection } from "~/features/courses/outline";
import type { OutlineRefusal } from "../outline-actions.server";

/** What a form of the page was answered, if it was that form. */
export const resultOf = (refusal: OutlineRefusal | undefined, intent: string) =>
  refusal?.intent === intent ? refusal.lastResult : undefined;

export interface OutlineEditorProps {
  course: { id: string; version: number };
  outline: Outline;
  /** An id for each thing that the page can add: by section, and for a section. */
  freshIds: { section: string; lessons: Record<string, string> };
  refusal: OutlineRefusal | undefined;
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
  freshId: string;
  lastResult: SubmissionResult | undefined;
  dragged: string | null;
  place: DropPlace | null;
  canDrag: boolean;
  focusLater: (elementId: string) => void;
}

/** Where a lesson would land: before the one at that place, the dragged one not counted. */
export interface DropPlace {
  sectionId: string;
  index: number;
}
