import type { Direction } from "../reorder";

interface MoveButtonProps {
  /** What moves, as `lesson:<id>`. */
  part: string;
  title: string;
  direction: Direction;
  /** It stays a button that can have the focus: whoever pressed it last is still there. */
  isAtEnd: boolean;
}

/** The form that every move button of the page belongs to. */
export const movesFormId = "moves";

const arrowId = (direction: Direction) => `arrow-${direction}`;

/** The arrows that the buttons show, once for all of them. */
export function MoveArrows() {
  const paths = { up: "M8 13V3M4 7l4-4 4 4", down: "M8 3v10M4 9l4 4 4-4" };
  return (
    <svg aria-hidden="true" className="absolute size-0">
      {(["up", "down"] as const).map((direction) => (
        <symbol key={direction} id={arrowId(direction)} viewBox="0 0 16 16">
          <path d={paths[direction]} />
        </symbol>
      ))}
    </svg>
  );
}

/** Moves a part of an outline one place. */
export function MoveButton({ part, title, direction, isAtEnd }: MoveButtonProps) {
  return (
    <button
      type="submit"
      form={movesFormId}
      id={`${part}:${direction}`}
      name="move"
      value={`${part}:${direction}`}
      aria-label={`Move ${title} ${direction}`}
      aria-disabled={isAtEnd}
      className="move-button"
    >
      <svg aria-hidden="true">
        <use href={`#${arrowId(direction)}`} />
      </svg>
    </button>
  );
}
