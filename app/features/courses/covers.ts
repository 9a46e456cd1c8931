/** Every drawing has this shape, in pixels: pages keep room for it before it is there. */
export const coverSize = { width: 960, height: 600 };
