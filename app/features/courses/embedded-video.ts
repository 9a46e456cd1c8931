import { playerOrigins } from "~/http/video-player-origins";

export interface EmbeddedVideo {
  player: "YouTube" | "Vimeo";
  url: string;
}

const [youtube, vimeo] = playerOrigins;

/** False for misleading URLs such as `https:vimeo.com` and `https://me@vimeo.com`. */
export function hasPlainHost(videoUrl: string): boolean {
  return URL.canParse(videoUrl) && /^https:\/\/[^/\\?#@]+(?:[/\\?#]|$)/i.test(videoUrl);
}

/** The player for a video URL, or null if the video can only be linked. */
export function embedVideo(videoUrl: string): EmbeddedVideo | null {
  if (!URL.canParse(videoUrl)) return null;
  const { hostname, pathname, searchParams } = new URL(videoUrl);
  const host = hostname.replace(/^www\./, "");
  if (host === "vimeo.com") {
    const id = /^\/(\d+)$/.exec(pathname)?.[1];
    return id ? { player: "Vimeo", url: `${vimeo}/video/${id}?dnt=1` } : null;
  }
  const id = host === "youtu.be" ? pathname.slice(1) : searchParams.get("v");
  const isYouTube = host === "youtu.be" || (host === "youtube.com" && pathname === "/watch");
  if (!isYouTube || !id || !/^[\w-]{6,20}$/.test(id)) return null;
  return { player: "YouTube", url: `${youtube}/embed/${id}` };
}
