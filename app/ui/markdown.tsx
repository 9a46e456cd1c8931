/** HTML from `renderMarkdown`, or the source until it is rendered. */
export type MarkdownText = { html: string } | { source: string };

/** Safe because `renderMarkdown` escapes the author's HTML. */
export function Markdown({ text }: { text: MarkdownText }) {
  if ("source" in text) {
    return <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{text.source}</p>;
  }
  return <div className="markdown" dangerouslySetInnerHTML={{ __html: text.html }} />;
}

export const isBlank = (text: MarkdownText): boolean =>
  ("html" in text ? text.html : text.source).trim() === "";
