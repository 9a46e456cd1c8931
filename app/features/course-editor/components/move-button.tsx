import type { Direction } from "../reorder";

interface MoveButtonProps {
  part: string;
  title: string;
  direction: Direction;
  /** The button is not disabled, so that it keeps focus. */
  isAtEnd: boolean;
}

export const movesFormId = "moves";

const arrowId = (direction: Direction) => `arrow-${direction}`;

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
