import { type Location, useBlocker, useNavigate, useNavigation, useSubmit } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import { isSameOrder, reordered, type Step } from "~/features/courses/move";
import type { Outline } from "~/features/courses/outline";
import { type OutlinePart, stayField } from "~/features/courses/outline-url";

/** An order that is shown before the worker has it. */
interface Draft {
  outline: Outline;
  /** What moved last. */
  moved: OutlinePart;
  /** What is still to be saved, the first of them perhaps on its way: each with the version that it will find. */
  steps: { step: Step; version: number }[];
  isSent: boolean;
  /** What was refused before it began. */
  oldRefusal: unknown;
}

interface Saved {
  outline: Outline;
  version: number;
  /** What the worker refused last: the draft is dropped when that is another. */
  refusal: unknown;
}

/**
 * Shows a new order at once, and saves one step after the other: none is lost while another is on its way, and none is sent
 * twice, and the page is not left before they are saved. Where somebody else was quicker, what is left of them is dropped, and the
 * page stays and shows the order that is saved.
 */
export function useReorder({ outline, version, refusal }: Saved) {
  const [latest, setDraft] = useState<Draft | null>(null);
  const draft = latest?.oldRefusal === refusal ? latest : null;
  const isIdle = useNavigation().state === "idle";
  const submit = useSubmit();

  useEffect(() => {
    if (draft === null) return setDraft(null);
    const [first] = draft.steps;
    if (first === undefined) setDraft(null);
    else if (version > first.version) setDraft((current) => current && behindFirst(current));
    else if (!draft.isSent && isIdle) {
      setDraft((current) => current && { ...current, isSent: true });
      const fields = { ...fieldsOf(first.step), version: first.version, [stayField]: "1" };
      submit(fields, { method: "post", replace: true, preventScrollReset: true });
    }
  }, [draft, version, refusal, isIdle, submit]);

  useLeaveOnceSaved({ isSaving: draft !== null, isRefused: latest !== null && draft === null });

  /** Whether there was anything to change. */
  const take = (step: Step): boolean => {
    const start = { outline, steps: [], isSent: false, oldRefusal: refusal };
    const shown = draft?.outline ?? outline;
    if (isSameOrder(shown, reordered(shown, step))) return false;
    setDraft((current) => withStep(current ?? start, step, version));
    return true;
  };
  return { outline: draft?.outline ?? outline, moved: draft?.moved ?? null, take };
}

/** A blocker alone forgets where somebody was going as soon as a step was saved, which is a navigation too. */
function useLeaveOnceSaved({ isSaving, isRefused }: { isSaving: boolean; isRefused: boolean }) {
  const navigate = useNavigate();
  const target = useRef<Location | null>(null);
  useBlocker(({ currentLocation, nextLocation }) => {
    const isLeaving = isSaving && currentLocation.pathname !== nextLocation.pathname;
    if (isLeaving) target.current = nextLocation;
    return isLeaving;
  });
  useEffect(() => {
    const location = target.current;
    if (isSaving || !location) return;
    target.current = null;
    if (!isRefused) navigate(location);
  }, [isSaving, isRefused, navigate]);
}

const behindFirst = (draft: Draft): Draft => ({
  ...draft,
  steps: draft.steps.slice(1),
  isSent: false,
});

function withStep(draft: Omit<Draft, "moved">, step: Step, version: number): Draft {
  const last = draft.steps.at(-1);
  const next = { step, version: last ? last.version + 1 : version };
  return {
    ...draft,
    outline: reordered(draft.outline, step),
    moved: partOf(step),
    steps: [...draft.steps, next],
  };
}

const partOf = (step: Step): OutlinePart =>
  step.intent === "move" ? step.move : { kind: "lesson", id: step.lessonId };

function fieldsOf(step: Step): Record<string, string | number> {
  if (step.intent === "place-lesson") return step;
  const { kind, id, direction } = step.move;
  return { intent: step.intent, move: `${kind}:${id}:${direction}` };
}
