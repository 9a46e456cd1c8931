import MarkdownIt, { type Token } from "markdown-it";

/** Excludes schemes that run scripts; allows relative URLs. */
const allowedUrl = /^(?:https?:|mailto:|ircs?:|xmpp:|[^:]*(?:[/?#]|$))/i;

/** Created lazily: most isolates never render Markdown. */
let parser: MarkdownIt | undefined;

/**
 * Renders CommonMark and tables as safe HTML: HTML in the text is escaped, and links must match
 * `allowedUrl`. Headings are shifted to start at h2, because the page already has an h1.
 */
export function renderMarkdown(text: string): string {
  parser ??= createParser();
  const html = parser.render(text).trimEnd();
  // Every "<" in the text is already escaped, so this matches only tags.
  const levels = [...html.matchAll(/<h([1-6])>/g)].map(([, level]) => Number(level));
  const shift = 2 - Math.min(...levels);
  return html
    .replace(
      /(<\/?h)([1-6])(?=>)/g,
      (_, tag, level) => `${tag}${Math.min(Number(level) + shift, 6)}`,
    )
    .replace(/(<t[hd]) style="text-align:(\w+)">/g, '$1 align="$2">')
    .replaceAll("<pre>", scrollBox("pre", "Code"))
    .replaceAll("<table>", `${scrollBox('div class="table-box"', "Table")}<table>`)
    .replaceAll("</table>", "</table></div>");
}

function createParser(): MarkdownIt {
  const markdown = new MarkdownIt({ html: true, xhtmlOut: true });
  // Images become links: the CSP blocks other origins, and unknown sizes would shift the layout.
  markdown.disable(["image", "strikethrough"]);
  markdown.validateLink = (url) => allowedUrl.test(url);
  const { rules } = markdown.renderer;
  const escapeHtml = (tokens: Token[], index: number) =>
    markdown.utils.escapeHtml(tokens[index]?.content ?? "");
  rules.html_block = escapeHtml;
  rules.html_inline = escapeHtml;
  return markdown;
}

/** The opening tag of a horizontally scrollable box that the keyboard can reach. */
const scrollBox = (tag: string, name: string) =>
  `<${tag} tabindex="0" role="group" aria-label="${name}">`;
