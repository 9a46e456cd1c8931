import type { ViewerLesson } from "../outline-for-viewer";

const iconPaths = {
  done: "M3.5 8.5l3 3 6-7",
  locked: "M4 7.5h8v6H4zM5.5 7.5v-2a2.5 2.5 0 0 1 5 0v2",
  open: "M8 3a5 5 0 1 0 0 10a5 5 0 1 0 0-10",
};
const colors = { done: "text-success", locked: "text-muted", open: "text-field" };

export function LessonStatusIcon({ isDone, isOpen }: Pick<ViewerLesson, "isDone" | "isOpen">) {
  const state = isDone ? "done" : isOpen ? "open" : "locked";
  return (
    <span className={`shrink-0 self-start pt-[0.28em] ${colors[state]}`}>
      <StatusIcon of={state} />
      {state !== "open" && <span className="sr-only">{isDone ? "Done:" : "Locked:"}</span>}
    </span>
  );
}

/** An SVG, because the fonts have no check mark. */
export function CheckIcon() {
  return (
    <span className="inline-block align-[-0.15em] text-success">
      <StatusIcon of="done" />
    </span>
  );
}

function StatusIcon({ of }: { of: keyof typeof iconPaths }) {
  return (
    <svg viewBox="0 0 16 16" className="size-4" aria-hidden="true">
      <path
        d={iconPaths[of]}
        fill="none"
        stroke="currentColor"
        strokeWidth={of === "done" ? 2 : 1.25}
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
