import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderMarkdown } from "../../app/features/courses/markdown.server";
import { hostileMarkdown } from "../support/hostile-texts.ts";

const allowedTags =
  "a blockquote br code em h2 h3 h4 h5 h6 hr li ol p pre strong table tbody td th thead tr ul".split(
    " ",
  );
const allowedAttributes = ["href", "title", "class", "start", "align"];
const allowedScheme = /^(?:$|https?:|mailto:|ircs?:|xmpp:|[/?#]|[^:]*(?:[/?#]|$))/i;

/** The boxes around code and tables, which are ours to the letter. */
const boxes = [
  '<pre tabindex="0" role="group" aria-label="Code">',
  '<div class="table-box" tabindex="0" role="group" aria-label="Table">',
  "</table></div>",
];

/** What of some HTML is more than text with harmless marks; read as a browser reads tags. */
function forbidden(whole: string): string[] {
  const html = boxes.reduce((rest, box) => rest.replaceAll(box, ""), whole);
  const found: string[] = [];
  for (const [, name = "", rest = ""] of html.matchAll(/<\/?([a-z!][^\s>]*)([^>]*)>/gi)) {
    if (!allowedTags.includes(name)) found.push(`<${name}>`);
    const attributes = rest.replace(/="[^"]*"/g, "").trim();
    for (const attribute of attributes.split(/[\s/]+/).filter(Boolean)) {
      if (!allowedAttributes.includes(attribute)) found.push(attribute);
    }
  }
  for (const [, href = ""] of html.matchAll(/href="([^"]*)"/g)) {
    if (!allowedScheme.test(href)) found.push(href);
  }
  return found;
}

describe("Markdown becomes text with harmless marks", () => {
  test.each(hostileMarkdown)("%j", (text) => {
    expect(forbidden(renderMarkdown(text))).toEqual([]);
  });

  test("whatever pieces of it are put together", () => {
    const piece = fc.oneof(
      fc.constantFrom(...hostileMarkdown),
      fc.string({ maxLength: 20 }),
      fc.constantFrom("\n\n", "[", "](", ")", "`", "> ", "- ", "|", "&#106;", "<", "\t", "\\"),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        expect(forbidden(renderMarkdown(pieces.join("")))).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  test("the check itself finds what must not be there", () => {
    expect(forbidden('<p><script>x</script><a href="javascript:x" onclick="y">z</a></p>')).toEqual([
      "<script>",
      "<script>",
      "onclick",
      "javascript:x",
    ]);
  });
});

test("headings begin below the page's own, pictures become links, tables are tables", () => {
  expect(renderMarkdown("# One\n\nTwo\n---\n\n###### Six")).toBe(
    "<h2>One</h2>\n<h3>Two</h3>\n<h6>Six</h6>",
  );
  expect(renderMarkdown("### One\n\n#### Two")).toBe("<h2>One</h2>\n<h3>Two</h3>");
  expect(renderMarkdown("![A cat](https://example.com/cat.png)")).toBe(
    '<p>!<a href="https://example.com/cat.png">A cat</a></p>',
  );
  expect(renderMarkdown("| a |\n| - |\n| b |")).toContain("<td>b</td>");
  expect(renderMarkdown("Say `<h1>` aloud")).toBe("<p>Say <code>&lt;h1&gt;</code> aloud</p>");
});
