import { characterEntities } from "character-entities";
import * as entities from "entities";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderMarkdown } from "../../app/features/courses/markdown.server";
import { rendererVersion } from "../../app/features/courses/markdown-renderer-version";
import * as shim from "../../app/shims/entities";
import { markdownXssPayloads } from "../support/xss-payloads.ts";

const allowedTags =
  "a blockquote br code em h2 h3 h4 h5 h6 hr li ol p pre strong table tbody td th thead tr ul".split(
    " ",
  );
const allowedAttributes = ["href", "title", "class", "start", "align"];
const allowedScheme = /^(?:$|https?:|mailto:|ircs?:|xmpp:|[/?#]|[^:]*(?:[/?#]|$))/i;

/** Our own wrappers around code and tables. */
const wrappers = [
  '<pre tabindex="0" role="group" aria-label="Code">',
  '<div class="table-box" tabindex="0" role="group" aria-label="Table">',
  "</table></div>",
];

/** Tags, attributes and URL schemes that rendered Markdown must not contain. */
function findForbidden(renderedHtml: string): string[] {
  const html = wrappers.reduce((rest, wrapper) => rest.replaceAll(wrapper, ""), renderedHtml);
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

describe("rendered Markdown contains only harmless HTML", () => {
  test.each(markdownXssPayloads)("%j", (text) => {
    expect(findForbidden(renderMarkdown(text))).toEqual([]);
  });

  test("for any combination of fragments", () => {
    const piece = fc.oneof(
      fc.constantFrom(...markdownXssPayloads),
      fc.string({ maxLength: 20 }),
      fc.constantFrom("\n\n", "[", "](", ")", "`", "> ", "- ", "|", "&#106;", "<", "\t", "\\"),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        expect(findForbidden(renderMarkdown(pieces.join("")))).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  test("the check itself finds forbidden HTML", () => {
    expect(
      findForbidden('<p><script>x</script><a href="javascript:x" onclick="y">z</a></p>'),
    ).toEqual(["<script>", "<script>", "onclick", "javascript:x"]);
  });
});

test.each([
  ["&colon;", "[x](javascript&colon;alert(1))"],
  ["an unsupported scheme", "[x](ftp://example.com)"],
  ["a colon behind a newline", "[x](<java\nscript:alert(1)>)"],
])("does not create a link from %s", (_, text) => {
  expect(renderMarkdown(text)).not.toContain("<a ");
});

test("headings start at level 2, images become links, tables are tables", () => {
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

/** If this HTML changes, increase `rendererVersion` so that stored texts are rendered again. */
test("the output of this renderer version is unchanged", () => {
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

test("the worker's smaller table decodes named character references the same way", () => {
  const names = Object.keys(characterEntities).map((name) => `&${name};`);
  const unknown = ["&constructor;", "&toString;", "&nothing;", "&AMP;", "&#65;", "a & b"];
  for (const text of [...names, ...unknown]) {
    expect(shim.decodeHTML(text), text).toBe(
      text.startsWith("&#") ? text : entities.decodeHTMLStrict(text),
    );
  }
});

test("aligns columns without inline styles, which the page's policy forbids", () => {
  expect(renderMarkdown("| a | b |\n| -: | - |\n| c | d |")).toContain(
    '<th align="right">a</th>\n<th>b</th>',
  );
});

test("renders the most deeply nested text that is accepted", () => {
  expect(renderMarkdown(`${"> - ".repeat(8)}a`)).toContain("<li>a</li>");
});
