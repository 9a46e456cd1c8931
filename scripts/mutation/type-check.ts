import { execFile } from "node:child_process";
import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import * as z from "zod";
import { folder } from "./checkout.ts";
import type { Mutant } from "./mutant.ts";

const types = join(folder, "types");
/** As many copies of files as the compiler checks at once. */
const mostMutants = 1_000;

/**
 * The ids of the mutants that the compiler rejects: nobody can commit them. Each is a copy of its
 * file next to it, so that one run of the compiler checks many.
 */
export async function findRejected(mutants: readonly Mutant[]): Promise<ReadonlySet<string>> {
  const rejected = new Set<string>();
  for (let from = 0; from < mutants.length; from += mostMutants) {
    const batch = mutants.slice(from, from + mostMutants);
    for (const id of await checkTypes(batch)) rejected.add(id);
  }
  return rejected;
}

async function checkTypes(mutants: readonly Mutant[]): Promise<readonly string[]> {
  await rm(types, { recursive: true, force: true });
  await cp("app", join(types, "app"), { recursive: true });
  const contents = new Map<string, string>();
  for (const { file } of mutants) contents.set(file, await readFile(file, "utf8"));
  const copies = new Map<string, string>();
  for (const [file, content] of contents) copies.set(copyOf(file, "unchanged"), content);
  for (const mutant of mutants)
    copies.set(copyOf(mutant.file, mutant.id), mutate(contents.get(mutant.file) ?? "", mutant));
  for (const [path, content] of copies) await writeFile(join(types, path), content);
  await writeFile(join(types, "tsconfig.json"), JSON.stringify(configFor([...copies.keys()])));
  const wrong = wrongFiles(await compile());
  return mutants
    .filter(({ file, id }) => !wrong.has(copyOf(file, "unchanged")) && wrong.has(copyOf(file, id)))
    .map(({ id }) => id);
}

const copyOf = (file: string, name: string) =>
  join(dirname(file), `mutant-${name}.${basename(file)}`);

export function mutate(
  content: string,
  { start, end, original, mutator, replacement }: Mutant,
): string {
  const isStatement = mutator === "BlockStatement" || /^(case|default)\b|;$/.test(original);
  const isLiteral = replacement === "true" || replacement === "false";
  // An expression stays one, whatever is next to it.
  const text = isStatement || isLiteral ? replacement : `(${replacement})`;
  return content.slice(0, start) + text + content.slice(end);
}

const configFor = (copies: readonly string[]) => ({
  extends: "../../../tsconfig.json",
  compilerOptions: {
    paths: { "~/*": ["./app/*"] },
    // What a mutant no longer uses is not the fault that it stands for.
    noUnusedLocals: false,
    noUnusedParameters: false,
  },
  include: ["app/**/*.d.ts", "app/worker/load-context.server.ts", ...copies],
});

/** The copies in which the compiler finds an error of types. */
export function wrongFiles(output: string): ReadonlySet<string> {
  const errors = output.matchAll(/^(\S+)\(\d+,\d+\): error TS(\d+)/gm);
  return new Set(
    [...errors].flatMap(([, path = "", code = ""]) => (formal.has(code) ? [] : [join(path)])),
  );
}

/** An empty statement after `if`, and an empty array of a variable whose type is not declared. */
const formal = new Set(["1313", "7005", "7034"]);

const failureSchema = z.object({ code: z.union([z.literal(1), z.literal(2)]), stdout: z.string() });

async function compile(): Promise<string> {
  const tsc = join(process.cwd(), "node_modules/typescript-7/bin/tsc");
  return new Promise((resolve, reject) => {
    const args = [tsc, "--singleThreaded", "--pretty", "false", "-p", "."];
    execFile(process.execPath, args, { cwd: types, maxBuffer: 2 ** 28 }, (error, stdout) => {
      const failure = failureSchema.safeParse({ ...error, stdout });
      if (error && !failure.success) reject(error);
      else resolve(stdout);
    });
  });
}
