import { useEffect, useRef } from "react";
import type { EmbeddedVideo } from "~/features/courses/embedded-video";

/** Shared with the play button, so that the layout does not shift. */
export const videoClass = "aspect-video w-full rounded-md border border-line bg-surface";

/** Takes focus from the play button that it replaces. */
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
