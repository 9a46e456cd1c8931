import { type MouseEvent, useState } from "react";
import type { EmbeddedVideo } from "~/features/courses/embedded-video";
import { VideoPlayer, videoClass } from "./video-player";

interface LessonVideoProps {
  url: string;
  /** Null if the video cannot be embedded. */
  embedded: EmbeddedVideo | null;
  lessonTitle: string;
}

/** For privacy, loads the player only after a click. Without scripts, the link opens the video. */
export function LessonVideo(props: LessonVideoProps) {
  return (
    <div>
      <div className="print:hidden">
        <ScreenVideo {...props} />
      </div>
      <p className="hidden print:block">Video: {props.url}</p>
    </div>
  );
}

function ScreenVideo({ url, embedded, lessonTitle }: LessonVideoProps) {
  const [isPlaying, setPlaying] = useState(false);
  if (!embedded) {
    return (
      <p>
        <a href={url} rel="noopener noreferrer external" className={linkClass}>
          Watch the video on {new URL(url).hostname}
        </a>
      </p>
    );
  }
  if (isPlaying) return <VideoPlayer video={embedded} title={lessonTitle} />;
  const play = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    setPlaying(true);
  };
  return (
    <a
      href={url}
      rel="noopener noreferrer external"
      onClick={play}
      className={`group grid place-content-center justify-items-center gap-1 text-center ${videoClass}`}
    >
      <PlayIcon />
      <span className="font-medium">Play on {embedded.player}</span>
      <span className="text-sm text-muted">
        Nothing is loaded from {embedded.player} until you press play.
      </span>
    </a>
  );
}

const linkClass = "font-medium text-accent underline underline-offset-4 [overflow-wrap:anywhere]";

function PlayIcon() {
  return (
    <svg
      viewBox="0 0 48 48"
      className="mb-3 size-14 text-accent transition-opacity group-hover:opacity-80"
      aria-hidden="true"
    >
      <circle cx="24" cy="24" r="23" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M20 16.5v15l12-7.5z" fill="currentColor" />
    </svg>
  );
}
