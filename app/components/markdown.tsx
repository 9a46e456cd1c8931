/**
 * A text that somebody wrote in Markdown, as `renderMarkdown` makes it (app/features/courses/markdown.server.ts): that lets
 * through no HTML of the author's.
 */
export function Markdown({ html }: { html: string }) {
  return <div className="markdown" dangerouslySetInnerHTML={{ __html: html }} />;
}
