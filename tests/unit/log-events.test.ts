import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const errorMark = "_error_";
const typesPath = "app/log/log-events.ts";

/** The cells of the table under a heading, without backticks. */
async function tableOf(heading: string): Promise<string[][]> {
  const document = await readFile("docs/logging.md", "utf8");
  const section = document.split(`## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
  const rows = section.split("\n").filter((line) => line.startsWith("| `"));
  return rows.map((row) => row.split("|").map((cell) => cell.replaceAll("`", "").trim()));
}

const program = ts.createProgram([typesPath], { strict: true });
const checker = program.getTypeChecker();

function typeOf(name: string): ts.Type {
  const file = program.getSourceFile(typesPath);
  const symbols = file ? checker.getExportsOfModule(symbolOf(file)) : [];
  const symbol = symbols.find((one) => one.name === name);
  if (!symbol) throw new Error(`${typesPath} does not export ${name}`);
  return checker.getDeclaredTypeOfSymbol(symbol);
}

function symbolOf(node: ts.Node): ts.Symbol {
  const symbol = checker.getSymbolAtLocation(node);
  if (!symbol) throw new Error("The node has no symbol");
  return symbol;
}

const namesOf = (type: ts.Type) => type.getProperties().map(({ name }) => name);

test("docs/logging.md lists every event and its fields", async () => {
  const errorFields = namesOf(typeOf("ErrorFields"));
  const declared = typeOf("LogEvents")
    .getProperties()
    .map((event) => {
      const fields = namesOf(checker.getTypeOfSymbol(event));
      const own = fields.filter((field) => !errorFields.includes(field));
      return [event.name, [...own, ...(fields.length > own.length ? [errorMark] : [])].sort()];
    });
  const documented = (await tableOf("Events")).map(([, event, fields]) => [
    event,
    fields?.split(", ").sort(),
  ]);
  expect(documented).toEqual(declared);
  expect((await tableOf("Fields of errors")).map(([, field]) => field)).toEqual(errorFields);
});

test("docs/logging.md lists every rejection reason", async () => {
  const reasons = typeOf("RejectionReason");
  const declared = reasons.isUnion() ? reasons.types : [];
  const values = declared.map((type) => (type.isStringLiteral() ? type.value : ""));
  const documented = (await tableOf("Reasons of `request.rejected`")).map(([, reason]) => reason);
  expect(documented).toEqual(values.sort());
});

test("every event is logged, and only log.server.ts writes to the console", async () => {
  const paths = (await readdir("app", { recursive: true })).filter((path) => /\.tsx?$/.test(path));
  const sources = await Promise.all(
    paths.map(async (path) => ({ path, text: await readFile(join("app", path), "utf8") })),
  );
  const calls = sources.flatMap(({ text }) => [...text.matchAll(/\blog\(\s*"([\w.]+)"/g)]);
  const logged = new Set(calls.map(([, event]) => event));
  expect([...logged].sort()).toEqual(namesOf(typeOf("LogEvents")).sort());
  const writers = sources
    .filter(({ text }) => /\bconsole\.\w+\(/.test(text))
    .map(({ path }) => path);
  expect(writers.filter((path) => !path.endsWith("reconcile.ts"))).toEqual(["log/log.server.ts"]);
});
