import type { Cover } from "~/db/enums";

/** Drawn from the cover by `npm run images`, because sites that show previews of links read no SVG. */
export const shareImage = (cover: Cover): string => `/share/${cover}.png`;
