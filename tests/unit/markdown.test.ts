import { characterEntities } from "character-entities";
import * as entities from "entities";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderMarkdown } from "../../app/features/courses/markdown.server";
import { rendererVersion } from "../../app/features/courses/markdown-renderer-version";
import * as standIn from "../../app/shims/entities";
import { markdownXssPayloads } from "../support/xss-payloads.ts";

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
  test.each(markdownXssPayloads)("%j", (text) => {
    expect(forbidden(renderMarkdown(text))).toEqual([]);
  });

  test("whatever pieces of it are put together", () => {
    const piece = fc.oneof(
      fc.constantFrom(...markdownXssPayloads),
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

test.each([
  ["&colon;", "[x](javascript&colon;alert(1))"],
  ["a scheme of no use here", "[x](ftp://example.com)"],
  ["a colon behind a newline", "[x](<java\nscript:alert(1)>)"],
])("no link is made of %s", (_, text) => {
  expect(renderMarkdown(text)).not.toContain("<a ");
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

/** Other HTML needs another `rendererVersion`, so that stored texts are rendered again. */
test("this version of the renderer makes exactly this HTML", () => {
  const text = [
    "# One\n\nTwo\n===\n\n### Three",
    '*a* __b__ `c` [d](/e "f") <https://g.example> ![h](https://i.example)\nj  \nk \\* &copy;',
    "> - l\n>   1. m\n\n3. n\n\n   o",
    "| p | q |\n| :- | -: |\n| r |",
    "~~~js s\nt <u>\n~~~\n\n    v\n\n* * *",
    "<w>\n\nx <y> [z] [javascript](javascript:z)\n\n[z]: https://z.example/é",
  ].join("\n\n");
  expect({ rendererVersion, html: renderMarkdown(text) }).toMatchInlineSnapshot(`
    {
      "html": "<h2>One</h2>
    <h2>Two</h2>
    <h4>Three</h4>
    <p><em>a</em> <strong>b</strong> <code>c</code> <a href="/e" title="f">d</a> <a href="https://g.example">https://g.example</a> !<a href="https://i.example">h</a>
    j<br />
    k * ©</p>
    <blockquote>
    <ul>
    <li>l
    <ol>
    <li>m</li>
    </ol>
    </li>
    </ul>
    </blockquote>
    <ol start="3">
    <li>
    <p>n</p>
    <p>o</p>
    </li>
    </ol>
    <div class="table-box" tabindex="0" role="group" aria-label="Table"><table>
    <thead>
    <tr>
    <th align="left">p</th>
    <th align="right">q</th>
    </tr>
    </thead>
    <tbody>
    <tr>
    <td align="left">r</td>
    <td align="right"></td>
    </tr>
    </tbody>
    </table></div>
    <pre tabindex="0" role="group" aria-label="Code"><code class="language-js">t &lt;u&gt;
    </code></pre>
    <pre tabindex="0" role="group" aria-label="Code"><code>v
    </code></pre>
    <hr />
    &lt;w&gt;
    <p>x &lt;y&gt; <a href="https://z.example/%C3%A9">z</a> [javascript](javascript:z)</p>",
      "rendererVersion": 1,
    }
  `);
});

test("names of characters are read alike in the worker, whose table of them is another one", () => {
  const names = Object.keys(characterEntities).map((name) => `&${name};`);
  const unknown = ["&constructor;", "&toString;", "&nothing;", "&AMP;", "&#65;", "a & b"];
  for (const text of [...names, ...unknown]) {
    expect(standIn.decodeHTML(text), text).toBe(
      text.startsWith("&#") ? text : entities.decodeHTMLStrict(text),
    );
  }
});

test("columns are aligned without styles, which the page's policy forbids", () => {
  expect(renderMarkdown("| a | b |\n| -: | - |\n| c | d |")).toContain(
    '<th align="right">a</th>\n<th>b</th>',
  );
});

test("nothing is left out of the deepest text that is accepted", () => {
  expect(renderMarkdown(`${"> - ".repeat(8)}a`)).toContain("<li>a</li>");
});
