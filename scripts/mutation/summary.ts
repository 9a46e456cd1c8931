import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import type { Mutant } from "./mutant.ts";
import { scoreTable } from "./report.ts";
import { type Status, scoresOf } from "./score.ts";

const path = "docs/mutation.md";

/** Writes the committed report: the scores, and a line for each survivor. */
export async function writeSummary(statuses: ReadonlyMap<Mutant, Status>): Promise<void> {
  const { stdout } = await promisify(execFile)("git", ["rev-parse", "--short", "HEAD"]);
  const date = new Date().toISOString().slice(0, 10);
  await writeFile(path, formatSummary(statuses, `${date}, commit ${stdout.trim()}`));
}

export function formatSummary(statuses: ReadonlyMap<Mutant, Status>, version: string): string {
  const survivors = [...statuses].filter(
    ([, status]) => status === "survived" || status === "not covered",
  );
  const files = Map.groupBy(survivors, ([{ file }]) => file);
  const sections = [...files].map(([file, ofFile]) => {
    const lines = ofFile.toSorted(([a], [b]) => a.line - b.line).map(describeInLine);
    return `### ${file}\n\n\`\`\`text\n${lines.join("\n")}\n\`\`\``;
  });
  const intro = `${version}. Written by \`npm run test:mutation -- --report\`; [how to read it](testing.md#mutation-testing).`;
  return `${["# Mutation report", intro, scoreTable(scoresOf(statuses)), "## Survivors", ...sections].join("\n\n")}\n`;
}

function describeInLine([mutant, status]: [Mutant, Status]): string {
  const { line, original, replacement } = mutant;
  const note = status === "survived" ? "" : ` (${status})`;
  return `${line}: ${excerpt(original, replacement)} → ${excerpt(replacement, original)}${note}`;
}

const mostCharacters = 60;
const context = 15;

/** What differs from the other text, on one line, with what is next to it. */
function excerpt(text: string, other: string): string {
  if (text.length <= mostCharacters) return onOneLine(text);
  const differs = (index: number) => text[index] !== other[index];
  const start = [...text].findIndex((_, index) => differs(index));
  const from = Math.max(0, start - context);
  const end = from + mostCharacters;
  return `${from > 0 ? "…" : ""}${onOneLine(text.slice(from, end))}${end < text.length ? "…" : ""}`;
}

const onOneLine = (text: string) => text.replace(/\s+/g, " ");
