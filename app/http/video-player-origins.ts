/** Where players may be framed from (app/http/content-security-policy.server.ts). */
export const playerOrigins = ["https://www.youtube-nocookie.com", "https://player.vimeo.com"];
