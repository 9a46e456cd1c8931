/** In pixels, so that pages reserve the space before the image loads. */
export const coverSize = { width: 960, height: 600 };
