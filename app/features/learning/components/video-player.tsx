import { useEffect, useRef } from "react";
import type { EmbeddedVideo } from "~/features/courses/embedded-video";

/** The place of a video, the same before and while it plays, so that nothing moves. */
export const videoClass = "aspect-video w-full rounded-md border border-line bg-surface";

/** The player itself. It takes the focus from what was pressed to start it. */
export function VideoPlayer({ video, title }: { video: EmbeddedVideo; title: string }) {
  const player = useRef<HTMLIFrameElement>(null);
  useEffect(() => player.current?.focus(), []);
  const url = new URL(video.url);
  url.searchParams.set("autoplay", "1");
  return (
    <iframe
      ref={player}
      src={url.href}
      title={`${title}, on ${video.player}`}
      allow="autoplay; encrypted-media; fullscreen; picture-in-picture"
      allowFullScreen
      className={videoClass}
    />
  );
}
