/**
 * Rendering time depends on structure more than on length, and a worker cannot time out its own
 * computation because its clock does not advance. These limits are checked before parsing.
 */
const markdownLimits = {
  lines: 5_000,
  nesting: 16,
  /** Markers of block quotes and list items. */
  items: 5_000,
  delimiters: 10_000,
  links: 2_000,
  tags: 4_000,
  /** Rows times columns, because the parser pads short rows. */
  tableCells: 5_000,
  /** Characters if every link used the longest link definition. */
  definitions: 500_000,
};
type Structure = keyof typeof markdownLimits;

const descriptions: Record<Structure, string> = {
  lines: "Too many lines",
  nesting: "Quotes or lists are nested too deeply",
  items: "Too many list items and quotes",
  delimiters: "Too many asterisks, underscores and backticks",
  links: "Too many links and brackets",
  tags: "Too many tags",
  tableCells: "Too many table cells",
  definitions: "Link definitions are too long for so many links",
};

/** An error message for the author, or null if the text is within all limits. */
export function markdownLimitError(text: string): string | null {
  const lines = text.split(/\r\n?|\n/);
  for (const [structure, count] of counters) {
    const [found, limit] = [count(text, lines), markdownLimits[structure]];
    if (found > limit) {
      return `${descriptions[structure]}: ${format(found)} (limit: ${format(limit)}).`;
    }
  }
  return null;
}

/** Code blocks count too: telling them apart would need a parser. */
const counters: readonly (readonly [Structure, (text: string, lines: string[]) => number])[] = [
  ["lines", (_, lines) => lines.length],
  ["nesting", (_, lines) => maxOf(lines, nestingOf)],
  ["items", (_, lines) => sumOf(lines, itemsOf)],
  ["delimiters", (text) => count(text, /[*_`]/g)],
  ["links", (text) => count(text, /\[/g)],
  ["tags", (text) => count(text, /</g)],
  ["tableCells", (_, lines) => sumOf(toBlocks(lines), cellsOf)],
  ["definitions", (text, lines) => count(text, /\[/g) * maxOf(toBlocks(lines), definitionOf)],
];

const format = (count: number) => count.toLocaleString("en");
const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;
const sumOf = <Item>(items: Item[], of: (item: Item) => number) =>
  items.reduce((sum, item) => sum + of(item), 0);
const maxOf = <Item>(items: Item[], of: (item: Item) => number) =>
  items.reduce((most, item) => Math.max(most, of(item)), 0);

/** Splits at blank lines, which end every table and link definition. */
function toBlocks(lines: readonly string[]): string[][] {
  const blocks: string[][] = [[]];
  for (const line of lines) {
    if (/^[\s>]*$/.test(line)) blocks.push([]);
    else blocks.at(-1)?.push(line);
  }
  return blocks;
}

const thematicBreak = /^[\s>]*([-*])[ \t]*(?:\1[ \t]*){2,}$/;
const containerMarkers = /^(?:[ \t]*(?:>|[-+*](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$)))+/;

function markersOf(line: string): string {
  const markers = thematicBreak.test(line) ? /^[\s>]*/ : containerMarkers;
  return markers.exec(line)?.[0] ?? "";
}

const itemsOf = (line: string) => count(markersOf(line), /[>\-+*.)]/g);

/** An upper bound: one level per marker, plus one per two extra columns of indentation. */
function nestingOf(line: string): number {
  const markers = markersOf(line);
  const columns = count(markers, / /g) + 4 * count(markers, /\t/g);
  const items = itemsOf(line);
  return items + Math.max(0, Math.floor((columns - items) / 2));
}

const isDelimiterRow = (line: string) => /^[\s>|:-]+$/.test(line) && /[|:]/.test(line);
const columnsOf = (line: string) => (isDelimiterRow(line) ? count(line, /-+/g) : 0);
const cellsOf = (block: string[]) => block.length * maxOf(block, columnsOf);

/** Counts from the first possible link definition, whose title may span the rest of the block. */
function definitionOf(block: readonly string[]): number {
  const start = block.findIndex((line) => /^[\s>*+\-\d.)]*\[/.test(line));
  const rest = start < 0 ? "" : block.slice(start).join("\n");
  return rest.includes("]:") ? rest.length : 0;
}
