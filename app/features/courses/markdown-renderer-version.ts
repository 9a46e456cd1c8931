/** Increase it whenever the output of `renderMarkdown` changes: older HTML is rendered again. */
export const rendererVersion = 1;

/** Older HTML is not served. Increase it if a renderer version was unsafe. */
export const minServedVersion = 1;
