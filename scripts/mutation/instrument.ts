import { createHash } from "node:crypto";
import { Instrumenter } from "@stryker-mutator/instrumenter";
import * as z from "zod";
import type { Mutant } from "./mutant.ts";
import { instrumentSql, isActive } from "./sql-mutants.ts";

export interface SourceFile {
  file: string;
  content: string;
}

const ignore = () => {};
const logger = {
  isTraceEnabled: () => false,
  isDebugEnabled: () => false,
  isInfoEnabled: () => false,
  isWarnEnabled: () => true,
  isErrorEnabled: () => true,
  isFatalEnabled: () => true,
  trace: ignore,
  debug: ignore,
  info: ignore,
  warn: console.warn,
  error: console.error,
  fatal: console.error,
};

/** Puts all mutants into the code, each behind a check whether it is the active one. */
export async function instrument(
  sources: readonly SourceFile[],
): Promise<{ files: SourceFile[]; mutants: Mutant[] }> {
  const contents = new Map(sources.map(({ file, content }) => [file, content]));
  const { files, mutants: all } = await new Instrumenter(logger).instrument(
    sources.map(({ file, content }) => ({ name: file, content, mutate: true })),
    { plugins: null, ignorers: [errorMessages], excludedMutations: [] },
  );
  const ofStryker = all
    .filter(({ status }) => status !== "Ignored")
    .map(({ id, fileName: file, location, mutatorName: mutator, replacement }) => {
      const content = contents.get(file) ?? "";
      const start = offsetOf(content, location.start);
      const end = offsetOf(content, location.end);
      return describeMutant({ file, content, start, end, mutator, replacement }, id);
    });
  let number = all.length;
  const ofQueries: Mutant[] = [];
  const instrumented = files.map(({ name: file, content: byStryker }) => {
    if (!byStryker.includes(`function ${isActive}`)) return { file, content: byStryker };
    const content = contents.get(file) ?? "";
    const outer = ofStryker.filter((mutant) => mutant.file === file);
    const withQueries = instrumentSql(content, byStryker, (mutant) => {
      const described = describeMutant({ file, content, ...mutant }, String(number++));
      ofQueries.push({ ...described, reachedAs: innermost(outer, mutant)?.id ?? null });
      return described.number;
    });
    return { file, content: withQueries };
  });
  return { files: instrumented, mutants: [...ofStryker, ...ofQueries] };
}

interface Change {
  file: string;
  content: string;
  start: number;
  end: number;
  mutator: string;
  replacement: string;
}

function describeMutant(change: Change, number: string): Mutant {
  const { file, content, start, end, mutator, replacement } = change;
  const text = JSON.stringify([file, content, start, end, mutator, replacement]);
  const id = createHash("sha256").update(text).digest("hex").slice(0, 12);
  const line = content.slice(0, start).split("\n").length;
  return {
    number,
    id,
    reachedAs: id,
    file,
    line,
    start,
    end,
    mutator,
    original: content.slice(start, end),
    replacement,
  };
}

interface Range {
  start: number;
  end: number;
}

/** The smallest range around another. */
function innermost<Outer extends Range>(ranges: readonly Outer[], inner: Range): Outer | undefined {
  const around = ranges.filter(({ start, end }) => start <= inner.start && inner.end <= end);
  return around.toSorted((a, b) => a.end - a.start - (b.end - b.start))[0];
}

function offsetOf(content: string, { line, column }: { line: number; column: number }): number {
  const before = content.split("\n").slice(0, line);
  return before.reduce((length, text) => length + text.length + 1, column);
}

const errorMessageSchema = z.object({
  node: z.object({ type: z.enum(["StringLiteral", "TemplateLiteral"]) }),
  parent: z.object({
    type: z.literal("NewExpression"),
    callee: z.object({ name: z.string().regex(/Error$/) }),
  }),
});

/** Nothing depends on the messages of errors: they are for the logs. */
const errorMessages = {
  shouldIgnore: (path: object) =>
    errorMessageSchema.safeParse(path).success ? "the message of an error" : undefined,
};
