import { formatLessonCount } from "../format";

interface ProgressBarProps {
  done: number;
  total: number;
  label: string;
}

/** WebKit and Firefox need separate selectors; WebKit's own track would cover the background. */
const barClass =
  "[&::-webkit-progress-bar]:bg-transparent [&::-webkit-progress-value]:rounded-full [&::-webkit-progress-value]:bg-accent [&::-webkit-progress-value]:transition-[inline-size] [&::-webkit-progress-value]:duration-300 [&::-moz-progress-bar]:rounded-full [&::-moz-progress-bar]:bg-accent";

export function ProgressBar({ done, total, label }: ProgressBarProps) {
  const text = `${done} of ${formatLessonCount(total)}`;
  return (
    <div>
      <progress
        value={done}
        max={Math.max(total, 1)}
        aria-label={label}
        aria-valuetext={text}
        className={`block h-1.5 w-full appearance-none overflow-hidden rounded-full border-none bg-line ${barClass}`}
      />
      <p className="mt-1.5 text-[0.9375rem] text-muted">{text}</p>
    </div>
  );
}
