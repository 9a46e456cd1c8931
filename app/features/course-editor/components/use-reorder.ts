import { useNavigation, useSubmit } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import type { Outline } from "~/features/courses/outline";
import { keepScrollField, type OutlinePart } from "../outline-urls";
import { applyReorder, isSameOrder, type ReorderStep } from "../reorder";
import { useWaitUntilSaved } from "./use-wait-until-saved";

/** An order that is shown before the worker has it. */
interface Draft {
  outline: Outline;
  /** What moved last. */
  moved: OutlinePart;
  /** What was taken since the worker last had it all: each with the version that it will find. */
  steps: VersionedStep[];
  /** What was refused before it began. */
  previousFailure: unknown;
}

interface VersionedStep {
  step: ReorderStep;
  version: number;
}

interface SavedOutline {
  outline: Outline;
  version: number;
  /** What the worker refused last: the draft is dropped when that is another. */
  failure: unknown;
}

/**
 * Shows a new order at once, and saves one step after the other: none is lost while another is on its way, none is sent twice, and
 * whatever else is asked of the page waits until they are saved. Where somebody else was quicker, what is left of them is dropped,
 * and the page stays and shows the order that is saved.
 */
export function useReorder(saved: SavedOutline) {
  const [latest, setDraft] = useState<Draft | null>(null);
  const waiting = unsavedSteps(latest, saved);
  const draft = waiting.length > 0 ? latest : null;
  const { failure } = saved;
  const { submitMove, deferSubmit } = useWaitUntilSaved({
    isSaving: draft !== null,
    hasFailed: hasFailed(latest, failure),
  });
  useSubmitInOrder(waiting[0], submitMove);

  // The page forgets the refusal with the next thing that is done; what was refused must not come back then.
  useEffect(() => {
    setDraft((current) => (hasFailed(current, failure) ? null : current));
  }, [failure]);

  /** Whether there was anything to change. */
  const applyMove = (step: ReorderStep): boolean => {
    const shown = draft?.outline ?? saved.outline;
    if (isSameOrder(shown, applyReorder(shown, step))) return false;
    setDraft((current) => withStep(current, saved, step));
    return true;
  };
  return {
    outline: draft?.outline ?? saved.outline,
    moved: draft?.moved ?? null,
    applyMove,
    deferSubmit,
  };
}

/**
 * Sends a step as soon as nothing else is on its way. What was sent last is no state: a key pressed before React has drawn a state
 * anew would run the effect once more with the old one, and send the step twice.
 */
function useSubmitInOrder(
  first: VersionedStep | undefined,
  submitMove: (save: () => void) => void,
) {
  const sentVersion = useRef<number | null>(null);
  const isIdle = useNavigation().state === "idle";
  const submit = useSubmit();
  useEffect(() => {
    if (first === undefined) sentVersion.current = null;
    else if (isIdle && sentVersion.current !== first.version) {
      sentVersion.current = first.version;
      const fields = {
        ...toFormFields(first.step),
        version: first.version,
        [keepScrollField]: "1",
      };
      submitMove(() => submit(fields, { method: "post", replace: true, preventScrollReset: true }));
    }
  }, [first, isIdle, submit, submitMove]);
}

const hasFailed = (draft: Draft | null, failure: unknown): boolean =>
  draft !== null && failure !== undefined && failure !== draft.previousFailure;

/** What is still to be saved, the first of them perhaps on its way. */
function unsavedSteps(draft: Draft | null, saved: SavedOutline): VersionedStep[] {
  if (draft === null || hasFailed(draft, saved.failure)) return [];
  return draft.steps.filter(({ version }) => version >= saved.version);
}

function withStep(draft: Draft | null, saved: SavedOutline, step: ReorderStep): Draft {
  const waiting = unsavedSteps(draft, saved);
  const start = draft && waiting.length > 0 ? draft : { ...saved, previousFailure: saved.failure };
  return {
    outline: applyReorder(start.outline, step),
    moved: movedPart(step),
    steps: [...waiting, { step, version: saved.version + waiting.length }],
    previousFailure: start.previousFailure,
  };
}

const movedPart = (step: ReorderStep): OutlinePart =>
  step.intent === "move" ? step.move : { kind: "lesson", id: step.lessonId };

function toFormFields(step: ReorderStep): Record<string, string | number> {
  if (step.intent === "place-lesson") return step;
  const { kind, id, direction } = step.move;
  return { intent: step.intent, move: `${kind}:${id}:${direction}` };
}
