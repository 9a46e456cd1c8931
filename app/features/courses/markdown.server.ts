import { micromark } from "micromark";
import { gfmTable, gfmTableHtml } from "micromark-extension-gfm-table";

/** Pages load no picture from elsewhere, and one with no known size would move the text: it becomes a link. */
const noPictures = { disable: { null: ["labelStartImage"] } };

/**
 * CommonMark and tables as HTML that is safe to show: HTML in the text stays text, and a link has no scheme that could run
 * anything (https://github.com/micromark/micromark#security). The highest heading is of the second rank, however it was written:
 * the page has the first, and a rank left out would mislead whoever goes by headings.
 */
export function renderMarkdown(text: string): string {
  const html = micromark(text, {
    extensions: [gfmTable(), noPictures],
    htmlExtensions: [gfmTableHtml()],
  });
  // Every "<" of the text is escaped by now, so this finds tags alone.
  const ranks = [...html.matchAll(/<h([1-6])>/g)].map(([, rank]) => Number(rank));
  const shift = 2 - Math.min(...ranks);
  return html
    .replace(/(<\/?h)([1-6])(?=>)/g, (_, tag, rank) => `${tag}${Math.min(Number(rank) + shift, 6)}`)
    .replaceAll("<pre>", scrolling("pre", "Code"))
    .replaceAll("<table>", `${scrolling('div class="table-box"', "Table")}<table>`)
    .replaceAll("</table>", "</table></div>");
}

/** The start of a box that scrolls sideways where it is too narrow, by the keyboard too. */
const scrolling = (tag: string, name: string) =>
  `<${tag} tabindex="0" role="group" aria-label="${name}">`;
