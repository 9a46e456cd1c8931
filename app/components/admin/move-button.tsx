import type { Direction } from "~/features/courses/move";

interface MoveButtonProps {
  /** What moves, as `lesson:<id>`. */
  part: string;
  title: string;
  direction: Direction;
  /** It stays a button that can have the focus: whoever pressed it last is still there. */
  isAtEnd: boolean;
}

/** The form that every move button of the page belongs to. */
export const movesForm = "moves";

/** Moves a part of an outline one place. */
export function MoveButton({ part, title, direction, isAtEnd }: MoveButtonProps) {
  return (
    <button
      type="submit"
      form={movesForm}
      id={`${part}:${direction}`}
      name="move"
      value={`${part}:${direction}`}
      aria-label={`Move ${title} ${direction}`}
      aria-disabled={isAtEnd}
      className="grid size-8 cursor-pointer place-items-center rounded-md border border-line text-muted transition-colors hover:border-ink hover:text-ink aria-disabled:cursor-default aria-disabled:border-transparent aria-disabled:opacity-40"
    >
      <svg viewBox="0 0 16 16" aria-hidden="true" className="size-4 fill-none stroke-current">
        <path
          d={direction === "up" ? "M8 13V3M4 7l4-4 4 4" : "M8 3v10M4 9l4 4 4-4"}
          strokeWidth="1.5"
        />
      </svg>
    </button>
  );
}
