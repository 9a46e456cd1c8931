import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { folder } from "./checkout.ts";
import type { Mutant } from "./mutant.ts";
import type { Results } from "./results.ts";
import { type Score, type Status, scoresOf } from "./score.ts";

/** Writes the report as Markdown and JSON, and returns the table of scores. */
export async function writeReport(
  statuses: ReadonlyMap<Mutant, Status>,
  results: Results,
): Promise<string> {
  const scores = scoresOf(statuses);
  const table = scoreTable(scores);
  const unnoticed = [...statuses].filter(
    ([, status]) => status === "survived" || status === "not covered",
  );
  const sections = unnoticed.map(([mutant, status]) =>
    describe(mutant, status, Object.keys(results[mutant.id]?.ran ?? {})),
  );
  const text = ["# Mutation testing", table, "## Survivors", ...sections].join("\n\n");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "report.md"), `${text}\n`);
  const mutants = [...statuses].map(([mutant, status]) => ({
    ...mutant,
    status,
    ...results[mutant.id],
  }));
  await writeFile(join(folder, "report.json"), JSON.stringify({ scores, mutants }, null, 2));
  return table;
}

export function scoreTable(scores: readonly Score[]): string {
  const rows = scores.map(({ name, counts, percent, target }) =>
    [
      name,
      percent === null ? "" : `${percent.toFixed(1)} %${target ? ` of ${target} %` : ""}`,
      ...Object.values(counts),
    ].join(" | "),
  );
  const head =
    "| group or folder | score | killed | survived | not covered | equivalent | rejected | untested |";
  return [
    head,
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ...rows.map((row) => `| ${row} |`),
  ].join("\n");
}

function describe(mutant: Mutant, status: Status, passed: readonly string[]): string {
  const { file, line, mutator, original, replacement } = mutant;
  const notes = passed.length === 0 ? "" : `, after ${passed.length} test files`;
  const change = [...prefixed("-", original), ...prefixed("+", replacement)].join("\n");
  return `### ${file}:${line}\n\n${mutator}, ${status}${notes}\n\n\`\`\`diff\n${change}\n\`\`\``;
}

const mostLines = 8;

function prefixed(prefix: string, text: string): string[] {
  const lines = text.split("\n");
  const shown = lines.length > mostLines ? [...lines.slice(0, mostLines), "…"] : lines;
  return shown.map((line) => `${prefix} ${line}`);
}
