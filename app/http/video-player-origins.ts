/** Allowed by `frame-src`. */
export const playerOrigins = ["https://www.youtube-nocookie.com", "https://player.vimeo.com"];
