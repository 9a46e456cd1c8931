import ts from "typescript";

/** A change of what a query does, which Stryker does not make. */
export interface SqlMutant {
  mutator: "SqlText" | "DroppedCondition" | "DroppedColumn";
  /** Offsets of the node in the file, and its text. */
  start: number;
  end: number;
  original: string;
  replacement: string;
}

/** Replacements of one piece of SQL by another that is easily confused with it. */
const confusions: readonly [RegExp, (found: string) => string][] = [
  [/ and /g, () => " or "],
  [/ or /g, () => " and "],
  [/ (?:=|<>) /g, (found) => (found === " = " ? " <> " : " = ")],
  [
    / (?:<=?|>=?) /g,
    (found) => (found.includes("=") ? found.replace("=", "") : `${found.trimEnd()}= `),
  ],
  [/\bis (?:not )?null\b/g, (found) => (found === "is null" ? "is not null" : "is null")],
  [/\b(?:not )?exists\b/g, (found) => (found === "exists" ? "not exists" : "exists")],
  [/\b(?:not )?in (?=\()/g, (found) => (found === "in " ? "not in " : "in ")],
  [/\b(?:true|false)\b/g, (found) => (found === "true" ? "false" : "true")],
  [/\b(?:min|max)(?=\()/g, (found) => (found === "min" ? "max" : "min")],
];

/** In templates of Drizzle's `sql`, in `and(…)` and in `set({ … })`. */
export const findSqlMutants = (content: string): SqlMutant[] =>
  findSites(content).flatMap((site) => mutantsOf(site, content));

/** Puts mutants into code that Stryker has already instrumented. */
export function instrumentSql(
  content: string,
  instrumented: string,
  numberOf: (mutant: SqlMutant) => string,
): string {
  const sites = findSites(content);
  const places = findSites(instrumented);
  if (sites.length !== places.length) throw new Error("Stryker has changed the queries");
  const insertions = sites.flatMap((site, index) => {
    const place = places[index];
    const mutants = mutantsOf(site, content);
    if (place === undefined || mutants.length === 0) return [];
    const choices = mutants.map(
      (mutant) => `${isActive}("${numberOf(mutant)}") ? (${mutant.replacement}) : `,
    );
    return [
      { at: place.getStart(), text: `(${choices.join("")}` },
      { at: place.getEnd(), text: ")" },
    ];
  });
  const fromTheEnd = insertions.toSorted((a, b) => b.at - a.at);
  return fromTheEnd.reduce(
    (text, { at, text: added }) => text.slice(0, at) + added + text.slice(at),
    instrumented,
  );
}

/** Of the code that Stryker adds to each file: whether a mutant is the active one. */
export const isActive = "stryMutAct_9fa48";

type Site = ts.TaggedTemplateExpression | ts.CallExpression | ts.ObjectLiteralExpression;

/** In the order of the file, without the branches that Stryker has added. */
function findSites(content: string): Site[] {
  const source = ts.createSourceFile("file.ts", content, ts.ScriptTarget.Latest, true);
  const sites: Site[] = [];
  const visit = (node: ts.Node): void => {
    if (isSite(node)) sites.push(node);
    ts.forEachChild(node, (child) => (isAddedBranch(child) ? undefined : visit(child)));
  };
  visit(source);
  return sites;
}

const asksForMutant = (node: ts.Node) =>
  ts.isCallExpression(node) && node.expression.getText() === isActive;

function isAddedBranch(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isConditionalExpression(parent)) {
    return node === parent.whenTrue && asksForMutant(parent.condition);
  }
  return (
    ts.isIfStatement(parent) && node === parent.thenStatement && asksForMutant(parent.expression)
  );
}

function isSite(node: ts.Node): node is Site {
  if (ts.isTaggedTemplateExpression(node)) return node.tag.getText() === "sql";
  if (ts.isCallExpression(node)) return node.expression.getText() === "and";
  return ts.isObjectLiteralExpression(node) && isSet(node);
}

function mutantsOf(node: Site, content: string): SqlMutant[] {
  const start = node.getStart();
  const end = node.getEnd();
  const mutant = (mutator: SqlMutant["mutator"], replacement: string): SqlMutant => ({
    mutator,
    start,
    end,
    original: content.slice(start, end),
    replacement,
  });
  if (ts.isTaggedTemplateExpression(node)) {
    return confusedTexts(node.template).map(({ at, length, text }) =>
      mutant("SqlText", content.slice(start, at) + text + content.slice(at + length, end)),
    );
  }
  const without = (mutator: SqlMutant["mutator"], parts: ts.NodeArray<ts.Node>) =>
    parts.slice(parts.length > 1 ? 0 : 1).map((part) => {
      const left = parts.filter((other) => other !== part).map((other) => other.getText());
      const text = left.join(", ");
      return mutant(
        mutator,
        content.slice(start, parts.pos) + text + content.slice(parts.end, end),
      );
    });
  if (ts.isCallExpression(node)) return without("DroppedCondition", node.arguments);
  return without("DroppedColumn", node.properties);
}

/** The argument of Drizzle's `set()`, or the `set` of `onConflictDoUpdate()`. */
function isSet(node: ts.ObjectLiteralExpression): boolean {
  const parent = originalParent(node);
  if (ts.isPropertyAssignment(parent)) return parent.name.getText() === "set";
  if (!ts.isCallExpression(parent)) return false;
  return ts.isPropertyAccessExpression(parent.expression) && parent.expression.name.text === "set";
}

/** Skips what Stryker puts around an expression. */
function originalParent(node: ts.Node): ts.Node {
  const { parent } = node;
  const isAdded =
    ts.isParenthesizedExpression(parent) ||
    (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.CommaToken) ||
    (ts.isConditionalExpression(parent) && asksForMutant(parent.condition));
  return isAdded ? originalParent(parent) : parent;
}

interface ConfusedText {
  at: number;
  length: number;
  text: string;
}

function confusedTexts(template: ts.TemplateLiteral): ConfusedText[] {
  const pieces = ts.isNoSubstitutionTemplateLiteral(template)
    ? [template]
    : [template.head, ...template.templateSpans.map(({ literal }) => literal)];
  return pieces.flatMap((piece) =>
    confusions.flatMap(([pattern, confuse]) =>
      [...piece.getText().matchAll(pattern)].map(({ 0: found, index }) => ({
        at: piece.getStart() + index,
        length: found.length,
        text: confuse(found),
      })),
    ),
  );
}
