import type { ShownText } from "./shown-text";

/**
 * A text in Markdown. Its HTML is what `renderMarkdown` made (app/features/courses/markdown.server.ts), which lets through no HTML
 * of the author's; its source is escaped like any text.
 */
export function Markdown({ text }: { text: ShownText }) {
  if ("source" in text) {
    return <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{text.source}</p>;
  }
  return <div className="markdown" dangerouslySetInnerHTML={{ __html: text.html }} />;
}
