import * as z from "zod";
import type { Mutant } from "./mutant.ts";
import { type Results, untested } from "./results.ts";
import { folderOf, groups } from "./scope.ts";

export const equivalentsSchema = z.array(
  z.strictObject({
    file: z.string(),
    original: z.string(),
    replacement: z.string(),
    /** Why nobody can notice this change. */
    reason: z.string().min(10),
  }),
);
export type Equivalents = z.infer<typeof equivalentsSchema>;

export type Status = "rejected" | "killed" | "survived" | "not covered" | "equivalent" | "untested";

/** What the tests made of each mutant. */
export function statusesOf(
  mutants: readonly Mutant[],
  results: Results,
  equivalents: Equivalents,
): Map<Mutant, Status> {
  const isEquivalent = (mutant: Mutant) =>
    equivalents.some(
      ({ file, original, replacement }) =>
        file === mutant.file && original === mutant.original && replacement === mutant.replacement,
    );
  const statusOf = (mutant: Mutant): Status => {
    const result = results[mutant.id] ?? untested;
    if (result.isRejected) return "rejected";
    if (result.killedBy !== null) return "killed";
    if (isEquivalent(mutant)) return "equivalent";
    if (!result.isExhausted) return "untested";
    return Object.keys(result.ran).length > 0 ? "survived" : "not covered";
  };
  return new Map(mutants.map((mutant) => [mutant, statusOf(mutant)]));
}

export interface Score {
  name: string;
  counts: Record<Status, number>;
  /** Of the mutants that have been tested, how many were noticed; null if there are none. */
  percent: number | null;
  target?: number;
}

/** The score of each group, then of each folder. */
export function scoresOf(statuses: ReadonlyMap<Mutant, Status>): Score[] {
  const files = [...statuses].map(([{ file }, status]) => ({ file, status }));
  const folders = [...new Set(files.map(({ file }) => folderOf(file)))].sort();
  return [
    ...groups.map(({ name, files: pattern, target }) => ({
      ...scoreOf(
        name,
        files.filter(({ file }) => pattern.test(file)).map(({ status }) => status),
      ),
      target,
    })),
    ...folders.map((folder) =>
      scoreOf(
        folder,
        files.filter(({ file }) => folderOf(file) === folder).map(({ status }) => status),
      ),
    ),
  ];
}

function scoreOf(name: string, statuses: readonly Status[]): Score {
  const counts = {
    ...{ killed: 0, survived: 0, "not covered": 0 },
    ...{ equivalent: 0, rejected: 0, untested: 0 },
  };
  for (const status of statuses) counts[status]++;
  const tested = counts.killed + counts.survived + counts["not covered"];
  return { name, counts, percent: tested === 0 ? null : (100 * counts.killed) / tested };
}
