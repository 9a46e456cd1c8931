import { formatLessonCount } from "../format";

interface ProgressBarProps {
  done: number;
  total: number;
  /** Whose progress it is. */
  label: string;
}

/** The filled part, which each family of browsers names in its own way; WebKit's lies in a track that would cover ours. */
const filled =
  "[&::-webkit-progress-bar]:bg-transparent [&::-webkit-progress-value]:rounded-full [&::-webkit-progress-value]:bg-accent [&::-webkit-progress-value]:transition-[inline-size] [&::-webkit-progress-value]:duration-300 [&::-moz-progress-bar]:rounded-full [&::-moz-progress-bar]:bg-accent";

/** How far somebody has come in a course, as a bar and in words. */
export function ProgressBar({ done, total, label }: ProgressBarProps) {
  const words = `${done} of ${formatLessonCount(total)}`;
  return (
    <div>
      <progress
        value={done}
        max={Math.max(total, 1)}
        aria-label={label}
        aria-valuetext={words}
        className={`block h-1.5 w-full appearance-none overflow-hidden rounded-full border-none bg-line ${filled}`}
      />
      <p className="mt-1.5 text-[0.9375rem] text-muted">{words}</p>
    </div>
  );
}
