import type { Cover } from "~/db/enums";

/** Drawn from the cover by `npm run images`, because previews of links cannot be SVG. */
export const shareImage = (cover: Cover): string => `/share/${cover}.png`;
