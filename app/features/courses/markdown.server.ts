import MarkdownIt, { type Token } from "markdown-it";

/** Where the links of a text may lead: nothing of it runs a script. An address without a scheme is one of this site. */
const allowedUrl = /^(?:https?:|mailto:|ircs?:|xmpp:|[^:]*(?:[/?#]|$))/i;

/** Created for the first text: most isolates never render one. */
let parser: MarkdownIt | undefined;

/**
 * CommonMark and tables as HTML that is safe to show: HTML in the text stays text, and a link leads only to what `allowedUrl`
 * names. The highest heading is of the second rank, however it was written: the page has the first, and a skipped rank would
 * mislead people who navigate by headings.
 */
export function renderMarkdown(text: string): string {
  parser ??= createParser();
  const html = parser.render(text).trimEnd();
  // Every "<" of the text is escaped by now, so this finds tags alone.
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
  // Pages load no picture from elsewhere, and one of unknown size would move the text: it becomes a link.
  markdown.disable(["image", "strikethrough"]);
  markdown.validateLink = (url) => allowedUrl.test(url);
  const { rules } = markdown.renderer;
  const escapeHtml = (tokens: Token[], index: number) =>
    markdown.utils.escapeHtml(tokens[index]?.content ?? "");
  rules.html_block = escapeHtml;
  rules.html_inline = escapeHtml;
  return markdown;
}

/** The start of a box that scrolls sideways where it is too narrow, by the keyboard too. */
const scrollBox = (tag: string, name: string) =>
  `<${tag} tabindex="0" role="group" aria-label="${name}">`;
