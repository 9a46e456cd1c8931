import { Indicator, Root } from "@radix-ui/react-progress";
import { countLessons } from "~/features/courses/wording";

interface ProgressBarProps {
  done: number;
  total: number;
  /** Whose progress it is. */
  label: string;
}

/** How far somebody has come in a course, as a bar and in words. */
export function ProgressBar({ done, total, label }: ProgressBarProps) {
  const words = `${done} of ${countLessons(total)}`;
  return (
    <div>
      <Root
        value={done}
        max={Math.max(total, 1)}
        getValueLabel={() => words}
        aria-label={label}
        className="h-1.5 overflow-hidden rounded-full bg-line"
      >
        <Indicator
          className="h-full rounded-full bg-accent transition-[width] duration-300"
          style={{ width: `${total === 0 ? 0 : (done / total) * 100}%` }}
        />
      </Root>
      <p className="mt-1.5 text-[0.9375rem] text-muted">{words}</p>
    </div>
  );
}
