import { lessonLimits } from "../../app/features/course-editor/lesson-schema.ts";

const size = lessonLimits.body;

const repeat = (fragment: string, length = size) =>
  fragment.repeat(Math.ceil(length / fragment.length)).slice(0, length);

/** A series of different fragments, up to the size limit. */
function series(fragment: (index: number) => string, length = size): string {
  let text = "";
  for (let index = 0; text.length < length; index++) text += fragment(index);
  return text.slice(0, length);
}

const halves = (first: string, second: string) =>
  repeat(first, size / 2) + repeat(second, size / 2);
const lists = (depth: number) => `${" ".repeat(2 * depth)}- a\n`;

/** Texts of maximum length, each full of one construct that is costly to parse. */
export const costlyMarkdown: Record<string, string> = {
  "nested quotes": `${repeat(">", 40_000)}a`,
  "many nested quotes": repeat(`${"> ".repeat(16)}a\n`),
  "nested lists on a line": `${repeat("- ", 40_000)}a`,
  "many nested lists": repeat(`${"- ".repeat(16)}a\n`),
  "nested numbered lists": repeat(`${"1. ".repeat(16)}a\n`),
  "lists in quotes in lists": repeat(`${"> - ".repeat(8)}a\n`),
  "lists nested by indent": series(lists),
  "lists nested by indent, repeated": series((index) => lists(index % 16)),
  "empty lines in a nested list": series(lists, 9_000) + repeat("\n", 41_000),
  "list items": repeat("- a\n"),
  "empty list items": repeat("-\n"),
  "delimiters that never match": repeat("*a_ "),
  asterisks: `a${repeat("*", size - 1)}`,
  "nested emphasis": halves("*a ", " a*"),
  "emphasis of three lengths": repeat("*a**b***c"),
  "strong inside emphasis": repeat("a**b*"),
  underscores: repeat("_a__b_"),
  backticks: series((index) => `${"`".repeat((index % 300) + 1)} `),
  "opening brackets": repeat("["),
  "unclosed images": repeat("!["),
  "closing brackets": repeat("]"),
  "nested brackets": halves("[", "]"),
  "unclosed links": repeat("[a](b "),
  "links with an open title": repeat('[a](b "'),
  "links with an open title in parentheses": repeat("[a](b ("),
  "links with an open address": repeat("[a](<b"),
  "parentheses in a link": `[a](${repeat("(", size - 4)}`,
  "links in emphasis": repeat("*[a](b)*"),
  "link definitions": series((index) => `[a${index}]: b\n`),
  "unclosed link definitions": repeat("[a]: b (\n"),
  "a long link, used often": `[a]: ${repeat("x", 42_000)}\n\n${repeat("[a]", 5_800)}`,
  "a long title, used often": `[a]: x "${repeat("b\n", 9_000)}"\n\n${repeat("[a]", 5_800)}`,
  "a long title of brackets": `[a]: x "${repeat("[b\n", 3_000)}"\n\n${repeat("[a]", 2_800)}`,
  "a bracket over many lines": `[${repeat("a\n", size - 1)}`,
  tags: repeat("<a "),
  "tags with open attributes": repeat("<a b='"),
  "a tag of attributes": `<a${repeat(" b", size - 2)}`,
  comments: repeat("<!--a"),
  "CDATA sections": repeat("<![CDATA["),
  "processing instructions": repeat("<?a "),
  "HTML blocks": repeat("<div>\n\n"),
  "an unclosed HTML block": `<script>\n${repeat("a\n", size - 9)}`,
  autolinks: repeat("<http://a.b>"),
  "international autolinks": repeat("<http://é.com>"),
  "e-mail autolinks": repeat("<a@b.c>"),
  "a long autolink": `<http://${repeat("é", size - 8)}`,
  entities: repeat("&amp;"),
  ampersands: repeat("&"),
  "unterminated entities": repeat("&#"),
  backslashes: repeat("\\*"),
  quotation: repeat('"'),
  lines: repeat("a\n"),
  paragraphs: repeat("a\n\n"),
  "empty lines": repeat("\n"),
  "carriage returns": repeat("a\r"),
  "thematic breaks": repeat("- - - - -\n"),
  headings: repeat("# a\n"),
  "underlined headings": repeat("a\n-\n"),
  fences: repeat("```\n"),
  "indented code": repeat("    a\n\n"),
  "line breaks": repeat("a  \n"),
  "a table of one column": repeat("|a|\n|-|\n|a|\n"),
  tables: repeat("|a|\n|-|\n\n"),
  "a wide table of short rows": `${repeat("|a", 2_000)}|\n${repeat("|-", 2_000)}|\n${repeat("a\n", 45_000)}`,
  "an invalid row of delimiters": `${repeat("|> ", size - 1)}[`,
  "a table of one row": `a|b\n-|-\n${repeat("|", size - 8)}`,
  "backticks in a table": `|a|\n|-|\n${repeat("|`", size - 8)}`,
};

const sentence =
  "Some *emphasis*, a `name` and [a link](https://example.com/page) in a sentence of the usual length, and one more.";
const code =
  '  const [first, ...rest] = list.map((item) => items[item.id] ?? "none"); // **note**\n';

/** Realistic texts of maximum length. */
export const longMarkdown: Record<string, string> = {
  prose: repeat(`${sentence} ${sentence}\n\n`),
  "one paragraph": repeat("lorem ipsum dolor sit amet "),
  lists: repeat(`- ${sentence}\n  - ${sentence}\n    1. ${sentence}\n`),
  quotes: repeat(`> > ${sentence}\n> >\n> ${sentence}\n\n`),
  code: repeat(`\`\`\`ts\n${code.repeat(20)}\`\`\`\n\n${sentence}\n\n`),
  "one block of code": `\`\`\`ts\n${repeat(code, size - 10)}\n\`\`\``,
  tables: repeat(`| a | b | c |\n| --- | ---: | --- |\n${`| ${sentence} | 2 | 3 |\n`.repeat(8)}\n`),
  headings: repeat(`## A heading\n\n${sentence}\n\n`),
  "link definitions": repeat(
    `A [link] and [another].\n\n[link]: https://example.com/page\n\n`,
    9_000,
  ),
};
