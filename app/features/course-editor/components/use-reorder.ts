import { useNavigation, useSubmit } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import type { Outline } from "~/features/courses/outline";
import { type OutlinePart, stayField } from "../outline-urls";
import { isSameOrder, reordered, type Step } from "../reorder";
import { useOnceSaved } from "./use-wait-until-saved";

/** An order that is shown before the worker has it. */
interface Draft {
  outline: Outline;
  /** What moved last. */
  moved: OutlinePart;
  /** What was taken since the worker last had it all: each with the version that it will find. */
  steps: VersionedStep[];
  /** What was refused before it began. */
  oldRefusal: unknown;
}

interface VersionedStep {
  step: Step;
  version: number;
}

interface Saved {
  outline: Outline;
  version: number;
  /** What the worker refused last: the draft is dropped when that is another. */
  refusal: unknown;
}

/**
 * Shows a new order at once, and saves one step after the other: none is lost while another is on its way, none is sent twice, and
 * whatever else is asked of the page waits until they are saved. Where somebody else was quicker, what is left of them is dropped,
 * and the page stays and shows the order that is saved.
 */
export function useReorder(saved: Saved) {
  const [latest, setDraft] = useState<Draft | null>(null);
  const waiting = waitingSteps(latest, saved);
  const draft = waiting.length > 0 ? latest : null;
  const { refusal } = saved;
  const { runAsOwn, holdForm } = useOnceSaved({
    isSaving: draft !== null,
    isRefused: isRefused(latest, refusal),
  });
  useSendingOneByOne(waiting[0], runAsOwn);

  // The page forgets the refusal with the next thing that is done; what was refused must not come back then.
  useEffect(() => {
    setDraft((current) => (isRefused(current, refusal) ? null : current));
  }, [refusal]);

  /** Whether there was anything to change. */
  const take = (step: Step): boolean => {
    const shown = draft?.outline ?? saved.outline;
    if (isSameOrder(shown, reordered(shown, step))) return false;
    setDraft((current) => withStep(current, saved, step));
    return true;
  };
  return {
    outline: draft?.outline ?? saved.outline,
    moved: draft?.moved ?? null,
    take,
    holdForm,
  };
}

/**
 * Sends a step as soon as nothing else is on its way. What was sent last is no state: a key pressed before React has drawn a state
 * anew would run the effect once more with the old one, and send the step twice.
 */
function useSendingOneByOne(
  first: VersionedStep | undefined,
  runAsOwn: (save: () => void) => void,
) {
  const sentVersion = useRef<number | null>(null);
  const isIdle = useNavigation().state === "idle";
  const submit = useSubmit();
  useEffect(() => {
    if (first === undefined) sentVersion.current = null;
    else if (isIdle && sentVersion.current !== first.version) {
      sentVersion.current = first.version;
      const fields = { ...fieldsOf(first.step), version: first.version, [stayField]: "1" };
      runAsOwn(() => submit(fields, { method: "post", replace: true, preventScrollReset: true }));
    }
  }, [first, isIdle, submit, runAsOwn]);
}

const isRefused = (draft: Draft | null, refusal: unknown): boolean =>
  draft !== null && refusal !== undefined && refusal !== draft.oldRefusal;

/** What is still to be saved, the first of them perhaps on its way. */
function waitingSteps(draft: Draft | null, saved: Saved): VersionedStep[] {
  if (draft === null || isRefused(draft, saved.refusal)) return [];
  return draft.steps.filter(({ version }) => version >= saved.version);
}

function withStep(draft: Draft | null, saved: Saved, step: Step): Draft {
  const waiting = waitingSteps(draft, saved);
  const start = draft && waiting.length > 0 ? draft : { ...saved, oldRefusal: saved.refusal };
  return {
    outline: reordered(start.outline, step),
    moved: partOf(step),
    steps: [...waiting, { step, version: saved.version + waiting.length }],
    oldRefusal: start.oldRefusal,
  };
}

const partOf = (step: Step): OutlinePart =>
  step.intent === "move" ? step.move : { kind: "lesson", id: step.lessonId };

function fieldsOf(step: Step): Record<string, string | number> {
  if (step.intent === "place-lesson") return step;
  const { kind, id, direction } = step.move;
  return { intent: step.intent, move: `${kind}:${id}:${direction}` };
}
