/**
 * Of the HTML that `renderMarkdown` makes. It has to grow with every change of what that makes: texts rendered by an older
 * version are rendered again.
 */
export const rendererVersion = 1;

/** HTML of older versions is not shown. Raise it when one of them was unsafe. */
export const oldestShownVersion = 1;
