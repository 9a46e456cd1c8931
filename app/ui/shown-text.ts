/** A text in Markdown as a page shows it: its HTML, or its source until it is rendered. */
export type ShownText = { html: string } | { source: string };

export const isBlank = (text: ShownText): boolean =>
  ("html" in text ? text.html : text.source).trim() === "";
