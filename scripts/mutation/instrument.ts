import { createHash } from "node:crypto";
import { Instrumenter } from "@stryker-mutator/instrumenter";
import * as z from "zod";
import type { Mutant } from "./mutant.ts";

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
  const { files, mutants } = await new Instrumenter(logger).instrument(
    sources.map(({ file, content }) => ({ name: file, content, mutate: true })),
    { plugins: null, ignorers: [errorMessages], excludedMutations: [] },
  );
  const active = mutants.filter(({ status }) => status !== "Ignored");
  return {
    files: files.map(({ name, content }) => ({ file: name, content })),
    mutants: active.map(({ id: number, fileName: file, location, mutatorName, replacement }) => {
      const content = contents.get(file) ?? "";
      const { start, end } = location;
      const change = JSON.stringify([file, content, start, end, mutatorName, replacement]);
      return {
        number,
        id: createHash("sha256").update(change).digest("hex").slice(0, 12),
        file,
        line: start.line + 1,
        mutator: mutatorName,
        original: content.slice(offsetOf(content, start), offsetOf(content, end)),
        replacement,
      };
    }),
  };
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
