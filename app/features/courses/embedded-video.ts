import { playerOrigins } from "~/http/video-player-origins";
/** A video that can be shown inside a page, from one of the players that the Content-Security-Policy lets in. */
export interface EmbeddedVideo {
  player: "YouTube" | "Vimeo";
  url: string;
}

const [youtube, vimeo] = playerOrigins;

/** Whether the host follows the scheme with nothing else between or before it: `https:vimeo.com` and `https://me@vimeo.com` mislead. */
export function hasPlainHost(videoUrl: string): boolean {
  if (!URL.canParse(videoUrl)) return false;
  const { username, password } = new URL(videoUrl);
  return /^https:\/\/[^/\\@]/i.test(videoUrl) && username === "" && password === "";
}

/** The player for the address of a video; null where it can only be linked to. */
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
