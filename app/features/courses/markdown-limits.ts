/**
 * How much structure a text in Markdown may have. Rendering costs time by structure more than by length, and a worker's clock
 * does not advance while it computes: the work is limited by counting, before anything is parsed.
 */
const markdownLimits = {
  lines: 5_000,
  /** Block quotes and lists inside each other. */
  nesting: 16,
  /** Markers of block quotes and list items. */
  items: 5_000,
  /** Asterisks, underscores and backticks. */
  delimiters: 10_000,
  /** Opening brackets. */
  links: 2_000,
  /** Opening angle brackets. */
  tags: 4_000,
  /** Rows times columns: a short row is filled up. */
  tableCells: 5_000,
  /** Characters, if every link repeated the longest link definition. */
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

/** What a text has too much of, as a sentence for its author; null if it can be rendered. */
export function findExcess(text: string): string | null {
  const lines = text.split(/\r\n?|\n/);
  for (const [structure, count] of counters) {
    const [found, limit] = [count(text, lines), markdownLimits[structure]];
    if (found > limit) {
      return `${descriptions[structure]}: ${format(found)}, and the limit is ${format(limit)}.`;
    }
  }
  return null;
}

/** None of them knows code from text: code counts too, so that nothing can hide in it. */
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

/** Runs of lines without an empty one: no table and no link definition goes on after that. */
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

/** At most: a level for each marker, and one for each two columns that the first is indented more than markers need. */
function nestingOf(line: string): number {
  const markers = markersOf(line);
  const columns = count(markers, / /g) + 4 * count(markers, /\t/g);
  const items = itemsOf(line);
  return items + Math.max(0, Math.floor((columns - items) / 2));
}

const isDelimiterRow = (line: string) => /^[\s>|:-]+$/.test(line) && /[|:]/.test(line);
const columnsOf = (line: string) => (isDelimiterRow(line) ? count(line, /-+/g) : 0);
const cellsOf = (block: string[]) => block.length * maxOf(block, columnsOf);

/** From the first line that may begin a link definition: its title may take all the rest. */
function definitionOf(block: readonly string[]): number {
  const start = block.findIndex((line) => /^[\s>*+\-\d.)]*\[/.test(line));
  const rest = start < 0 ? "" : block.slice(start).join("\n");
  return rest.includes("]:") ? rest.length : 0;
}
