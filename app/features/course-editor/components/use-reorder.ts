import { useNavigation, useSubmit } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import { hasFreshToken, useRefreshSession } from "~/clerk/use-refresh-session";
import type { Outline } from "~/features/courses/outline";
import { keepScrollField, type OutlinePart } from "../outline-urls";
import { applyReorder, isSameOrder, type ReorderStep } from "../reorder";
import { useWaitUntilSaved } from "./use-wait-until-saved";

interface Draft {
  outline: Outline;
  moved: OutlinePart;
  /** Unsaved steps, each with the course version that it will be applied to. */
  steps: VersionedStep[];
  previousFailure: unknown;
}

interface VersionedStep {
  step: ReorderStep;
  version: number;
}

interface SavedOutline {
  outline: Outline;
  version: number;
  /** The last failure; a new one discards the draft. */
  failure: unknown;
}

/**
 * Shows a new order optimistically and saves its steps one at a time, each exactly once.
 * Navigations and other forms wait until all are saved. A conflict discards the remaining steps.
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

  // The next action clears the failure; the discarded steps must not reappear then.
  useEffect(() => {
    setDraft((current) => (hasFailed(current, failure) ? null : current));
  }, [failure]);

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

/** The sent version is a ref: state could be stale in the next effect and send the step twice. */
function useSubmitInOrder(
  first: VersionedStep | undefined,
  submitMove: (save: () => void) => void,
) {
  const sentVersion = useRef<number | null>(null);
  const isIdle = useNavigation().state === "idle";
  const submit = useSubmit();
  const refreshSession = useRefreshSession();
  useEffect(() => {
    if (first === undefined) sentVersion.current = null;
    else if (isIdle && sentVersion.current !== first.version) {
      sentVersion.current = first.version;
      const fields = {
        ...toFormFields(first.step),
        version: first.version,
        [keepScrollField]: "1",
      };
      const options = { method: "post", replace: true, preventScrollReset: true } as const;
      const send = () => submitMove(() => submit(fields, options));
      if (hasFreshToken()) send();
      else void refreshSession().then(send);
    }
  }, [first, isIdle, submit, submitMove, refreshSession]);
}

const hasFailed = (draft: Draft | null, failure: unknown): boolean =>
  draft !== null && failure !== undefined && failure !== draft.previousFailure;

/** The first one may already be in flight. */
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
