import { describe, expect, test } from "vitest";
import { createCandidates, noteExhausted } from "../../scripts/mutation/choose-test.ts";
import type { Coverage, TestFile } from "../../scripts/mutation/coverage.ts";
import { instrument } from "../../scripts/mutation/instrument.ts";
import { jobFile, mutantOfJob } from "../../scripts/mutation/job-name.ts";
import type { Mutant } from "../../scripts/mutation/mutant.ts";
import { type Results, untested, withOutcome } from "../../scripts/mutation/results.ts";
import { folderOf, isInScope } from "../../scripts/mutation/scope.ts";
import { scoresOf, statusesOf } from "../../scripts/mutation/score.ts";
import { findSqlMutants } from "../../scripts/mutation/sql-mutants.ts";
import { createMutant } from "../support/mutants.ts";

const guard = "tests/integration/guard.test.ts";
const users = "tests/integration/users.test.ts";
const permissions = "tests/unit/permissions.test.ts";
const file = "app/access/permissions.ts";

function testFile(called: string[], changed: Partial<TestFile> = {}): TestFile {
  const sources: Record<string, string> = called.length > 0 ? { [file]: "hash" } : {};
  return { hash: "1", seconds: 1, isUsable: true, loaded: [], called, sources, ...changed };
}

const ended = { type: "end" as const, file: "", seconds: 1, slowestTestSeconds: 1 };
const passed = { ...ended, isFailed: false, failure: "" };
const failed = { ...ended, isFailed: true, failure: "a rule: expected 403" };

describe("the next test file for a mutant", () => {
  const next = (coverage: Coverage, results: Results = {}, mostFiles = 9) =>
    createCandidates(coverage, [createMutant("1"), createMutant("2")], results, mostFiles).nextTest(
      createMutant("1"),
      results["1"] ?? untested,
    );

  test("is a unit test, then a fast one, of those that reach it", () => {
    const coverage = {
      [users]: testFile(["1"], { seconds: 3 }),
      [guard]: testFile(["1"], { seconds: 9 }),
      [permissions]: testFile(["1"], { seconds: 60 }),
      "tests/integration/bans.test.ts": testFile(["2"]),
      "tests/integration/csrf.test.ts": testFile(["1"], { isUsable: false }),
    };
    const after = (...names: string[]): Results => ({
      "1": { ...untested, ran: Object.fromEntries(names.map((name) => [name, "1"])) },
    });
    expect(next(coverage)).toBe(permissions);
    expect(next(coverage, after(permissions))).toBe(users);
    expect(next(coverage, after(permissions, users))).toBe(guard);
    expect(next(coverage, after(permissions, users), 1)).toBeNull();
    expect(next(coverage, after(permissions, users, guard))).toBeNull();
  });

  test("is one that has noticed other mutants of the file", () => {
    const coverage = { [users]: testFile(["1"]), [guard]: testFile(["1"]) };
    const known = (name: string) => ({
      "2": { ...untested, killedBy: name, ran: { [name]: "1" } },
    });
    expect(next(coverage, known(users))).toBe(users);
    expect(next(coverage, known(guard))).toBe(guard);
  });

  test("is one that has noticed mutants of the same place, rather than of the same file", () => {
    const all = ["1", "2", "3"].map((id) => createMutant(id, { line: id === "3" ? 90 : 1 }));
    const coverage = { [users]: testFile(["1"]), [guard]: testFile(["1"]) };
    const results = {
      "2": { ...untested, killedBy: guard, ran: { [users]: "1", [guard]: "1" } },
      "3": { ...untested, killedBy: users, ran: { [guard]: "1", [users]: "1" } },
    };
    const nextOf = (known: Mutant) =>
      createCandidates(coverage, all, results, 9).nextTest(known, untested);
    expect(nextOf(createMutant("1"))).toBe(guard);
    expect(nextOf(createMutant("1", { line: 90 }))).toBe(users);
  });

  test("is another one while the first is tried with other mutants", () => {
    const coverage = { [users]: testFile(["1", "2"]), [guard]: testFile(["1"]) };
    const candidates = createCandidates(coverage, [createMutant("1"), createMutant("2")], {}, 9);
    expect(candidates.nextTest(createMutant("1"), untested)).toBe(users);
    candidates.addPlanned(createMutant("2"), users);
    expect(candidates.nextTest(createMutant("1"), untested)).toBe(guard);
  });

  test("is run again after it has changed", () => {
    const results = { "1": { ...untested, ran: { [guard]: "1" } } };
    expect(next({ [guard]: testFile(["1"]) }, results)).toBeNull();
    expect(next({ [guard]: testFile(["1"], { hash: "2" }) }, results)).toBe(guard);
  });

  test("calls the file, if the mutant is only reached when the file is loaded", () => {
    const loads = testFile([], { loaded: ["1"] });
    expect(next({ [users]: loads, [guard]: testFile(["2"], { loaded: ["1"] }) })).toBe(guard);
    expect(next({ [users]: loads })).toBe(users);
  });
});

test("the first test file that fails, or does not end, decides", () => {
  const once = withOutcome(untested, { file: users, hash: "1" }, passed);
  expect(once).toEqual({ ...untested, ran: { [users]: "1" } });
  expect(withOutcome(once, { file: guard, hash: "1" }, failed)).toMatchObject({
    killedBy: guard,
    isTimeout: false,
    failure: "a rule: expected 403",
    ran: { [users]: "1", [guard]: "1" },
  });
  expect(withOutcome(once, { file: guard, hash: "1" }, null)).toMatchObject({
    killedBy: guard,
    isTimeout: true,
  });
});

test("equivalent, rejected and untested mutants do not count, and those without a test do", () => {
  const mutants = [
    ...["1", "2", "3", "4"].map((id) => createMutant(id)),
    createMutant("5", { replacement: "equal" }),
    createMutant("6", { file: "app/http/urls.server.ts" }),
    createMutant("7"),
  ];
  const coverage = { [guard]: testFile(["1", "2", "3", "5", "6", "7"]) };
  const results: Results = {
    "1": { ...untested, killedBy: guard },
    "2": { ...untested, ran: { [guard]: "1" } },
    "5": { ...untested, ran: { [guard]: "1" } },
    "7": { ...untested, isRejected: true },
  };
  noteExhausted(mutants, results, createCandidates(coverage, mutants, results, 9));
  const equivalents = [{ file, original: "true", replacement: "equal", reason: "no difference" }];
  const statuses = statusesOf(mutants, results, equivalents);
  expect([...statuses.values()]).toEqual([
    "killed",
    "survived",
    "untested",
    "not covered",
    "equivalent",
    "untested",
    "rejected",
  ]);
  const scores = new Map(scoresOf(statuses).map((score) => [score.name, score]));
  expect(scores.get("access")?.percent).toBeCloseTo(100 / 3);
  expect(scores.get("app/access")?.counts.equivalent).toBe(1);
  expect(scores.get("app/http")?.percent).toBeNull();
});

test("a job's name tells its mutant", () => {
  expect(jobFile(guard, "12")).toBe("tests/integration/mutant-12.guard.test.ts");
  expect(mutantOfJob(jobFile(guard, "12"))).toBe("12");
  expect(mutantOfJob(guard)).toBeNull();
});

test("only rules and server code are changed", () => {
  expect(isInScope("app/access/permissions.ts")).toBe(true);
  expect(isInScope("app/features/users/redact-users.server.ts")).toBe(true);
  for (const path of ["app/features/admin/components/a.ts", "app/ui/a.ts", "app/clerk/b.d.ts"]) {
    expect(isInScope(path), path).toBe(false);
  }
  expect(folderOf("app/clerk/a/b.ts")).toBe("app/clerk");
  expect(folderOf("app/features/users/a.ts")).toBe("app/features/users");
});

test("a mutant has its place, its change and an id that depends on the file's content", async () => {
  const content = 'export const isOpen = () => true;\nthrow new TypeError("message");\n';
  const { files, mutants } = await instrument([{ file, content }]);
  expect(mutants.map(({ original, replacement }) => [original, replacement])).toEqual([
    ["() => true", "() => undefined"],
    ["true", "false"],
    ['throw new TypeError("message");', ";"],
  ]);
  expect(mutants[1]).toMatchObject({ file, line: 1, mutator: "BooleanLiteral" });
  expect(files[0]?.content).toContain(`"${mutants[1]?.number}"`);
  const again = await instrument([{ file, content: `${content}\n` }]);
  expect(again.mutants[1]?.id).not.toBe(mutants[1]?.id);
  expect((await instrument([{ file, content }])).mutants[1]?.id).toBe(mutants[1]?.id);
});

test("queries are changed in their text, their conditions and their columns", async () => {
  const content = `const query = () => db.update(a).set({ b: 1, c: sql\`x = 1 and y is null\` })
    .where(and(isActive ? eq(a.b, 1) : undefined, isNull(a.c)));`;
  const changes = findSqlMutants(content).map(({ mutator, original, replacement, start, end }) => {
    expect(content.slice(start, end)).toBe(original);
    return [mutator, replacement];
  });
  expect(changes).toEqual([
    ["DroppedColumn", "{c: sql`x = 1 and y is null` }"],
    ["DroppedColumn", "{b: 1 }"],
    ["SqlText", "sql`x = 1 or y is null`"],
    ["SqlText", "sql`x <> 1 and y is null`"],
    ["SqlText", "sql`x = 1 and y is not null`"],
    ["DroppedCondition", "and(isNull(a.c))"],
    ["DroppedCondition", "and(isActive ? eq(a.b, 1) : undefined)"],
  ]);
  const { files, mutants } = await instrument([{ file, content }]);
  const ofQueries = mutants.slice(-changes.length);
  expect(ofQueries.map(({ mutator, replacement }) => [mutator, replacement])).toEqual(changes);
  expect(new Set(mutants.map(({ number }) => number)).size).toBe(mutants.length);
  for (const { number, replacement, reachedAs } of ofQueries) {
    expect(files[0]?.content).toContain(`("${number}") ? (${replacement}) : `);
    expect(mutants.some(({ id }) => id === reachedAs)).toBe(true);
  }
});

test.each([
  ["a < 1", "a <= 1"],
  ["a <= 1", "a < 1"],
  ["a > 1", "a >= 1"],
  ["a >= 1", "a > 1"],
  ["a <> 1", "a = 1"],
  ["a is not null", "a is null"],
  ["not exists (select 1)", "exists (select 1)"],
  ["exists (select 1)", "not exists (select 1)"],
  ["a in (1)", "a not in (1)"],
  ["a not in (1)", "a in (1)"],
  ["max(a)", "min(a)"],
  ["true", "false"],
  ["a", undefined],
])("the SQL %s becomes %s", (original, replacement) => {
  const changes = findSqlMutants(`sql<number>\`${original}\``);
  expect(changes.map((change) => change.replacement)).toEqual(
    replacement === undefined ? [] : [`sql<number>\`${replacement}\``],
  );
});
