import fc from "fast-check";
import { expect, test } from "vitest";
import type { Mutant } from "../../scripts/mutation/mutant.ts";
import {
  type MutantResult,
  type Results,
  untested,
  withoutStale,
} from "../../scripts/mutation/results.ts";
import { formatResults, parseResults } from "../../scripts/mutation/results-file.ts";
import { formatSummary } from "../../scripts/mutation/summary.ts";
import { mutate, wrongFiles } from "../../scripts/mutation/type-check.ts";
import { createMutant } from "../support/mutants.ts";

const guard = "tests/integration/guard.test.ts";
const users = "tests/integration/users.test.ts";
const guardHash = "aaaa00000000";
const usersHash = "bbbb00000000";
const hashes = new Map([
  [guard, guardHash],
  [users, usersHash],
]);

const ids = [1, 2, 3, 4, 5, 6].map((number) => String(number).padStart(12, "0"));
const [one = "", two = "", three = "", four = "", five = "", six = ""] = ids;
const mutants = [
  createMutant(six, { file: "app/http/urls.ts" }),
  ...ids.slice(0, 5).map((id) => createMutant(id)),
];
const accepted: MutantResult = { ...untested, isRejected: false };
const results: Results = {
  [one]: { ...accepted, ran: { [users]: usersHash, [guard]: guardHash }, killedBy: guard },
  [two]: { ...accepted, ran: { [guard]: guardHash }, killedBy: guard, isTimeout: true },
  [three]: { ...accepted, ran: { [guard]: guardHash }, isExhausted: true },
  [four]: { ...accepted, isExhausted: true },
  [six]: { ...accepted, ran: { [users]: usersHash } },
  [five]: { ...untested, isRejected: true },
  ffffffffffff: { ...accepted, isExhausted: true },
};

test("the file has a line for each mutant of which something is known, by source file", () => {
  const lines = formatResults(mutants, results).split("\n");
  expect(lines.filter((line) => !line.startsWith("#"))).toEqual([
    "",
    `${guard} ${guardHash}`,
    `${users} ${usersHash}`,
    "",
    "app/access/permissions.ts",
    `${one} killed bbbb aaaa`,
    `${two} timeout aaaa`,
    `${three} survived aaaa`,
    `${four} uncovered`,
    `${five} rejected`,
    "",
    "app/http/urls.ts",
    `${six} unfinished bbbb`,
    "",
  ]);
});

const hash = fc
  .array(fc.constantFrom("0", "1"), { minLength: 12, maxLength: 12 })
  .map((digits) => digits.join(""));
const anyResult = fc
  .record({
    ran: fc.uniqueArray(fc.tuple(fc.nat(40), hash), { selector: ([name]) => name, maxLength: 6 }),
    end: fc.constantFrom("killed", "timeout", "exhausted", "open", "rejected"),
  })
  .map(({ ran, end }): MutantResult => {
    // A hash is of one file.
    const files = ran.map(
      ([number, digits]) =>
        [
          `tests/unit/${number}.test.ts`,
          `${digits.slice(0, 6)}${String(number).padStart(6, "0")}`,
        ] as const,
    );
    const killer = files.at(-1)?.[0] ?? null;
    const isKilled = killer !== null && (end === "killed" || end === "timeout");
    return {
      ran: Object.fromEntries(files),
      failure: "",
      isRejected: end === "rejected",
      killedBy: isKilled ? killer : null,
      isTimeout: isKilled && end === "timeout",
      isExhausted: end === "exhausted",
    };
  });

test("what is written is read again, whatever the hashes are", () => {
  fc.assert(
    fc.property(fc.array(anyResult, { minLength: 6, maxLength: 6 }), (all) => {
      const written = Object.fromEntries(ids.map((id, index) => [id, all[index] ?? untested]));
      const read = parseResults(formatResults(mutants, written));
      for (const id of ids) expect(read[id]).toEqual(written[id]);
    }),
  );
});

test.each([
  "<<<<<<< HEAD",
  `${one} survived cccc`,
  `${one} killed`,
  `${one} noticed aaaa`,
  "1 uncovered",
])("a line that is not understood is an error: %s", (line) => {
  const text = formatResults(mutants, results);
  expect(() => parseResults(`${text}${line}\n`)).toThrow(line);
});

test("a test file that has changed counts only if it noticed the mutant, one that is gone does not", () => {
  const changed = withoutStale(
    results,
    new Map([
      [guard, "cccc00000000"],
      [users, usersHash],
    ]),
  );
  expect(changed[one]).toEqual(results[one]);
  expect(changed[two]).toEqual(results[two]);
  expect(changed[three]).toEqual(accepted);
  expect(changed[four]).toEqual(results[four]);
  expect(changed[six]).toEqual(results[six]);
  const gone = withoutStale(results, new Map([[users, usersHash]]));
  expect(gone[one]).toEqual({ ...accepted, ran: { [users]: usersHash } });
  expect(gone[two]).toEqual(accepted);
  expect(withoutStale(results, hashes)).toEqual(results);
});

test("the summary has a line for each survivor, with what differs", () => {
  const long = `if (${"a".repeat(50)} < b) {\n  return c;\n}`;
  const text = formatSummary(
    new Map([
      [
        createMutant(one, { line: 7, original: long, replacement: long.replace("<", "<=") }),
        "survived",
      ],
      [createMutant(two, { line: 3 }), "not covered"],
      [createMutant(three), "killed"],
    ]),
    "Today, commit 1",
  );
  expect(text).toContain("Today, commit 1");
  expect(text).toContain("| app/access | 33.3 % | 1 | 1 | 1 | 0 | 0 | 0 |");
  expect(text).toContain(
    "3: true → false (not covered)\n7: …aaaaaaaaaaaaa < b) { return c; } → …aaaaaaaaaaaaa <= b) { return c; }\n",
  );
});

test("the compiler sees a mutant as the node that it replaces", () => {
  const content = "const a = b ?? c ?? d;";
  const change = { start: 10, end: 16, original: "b ?? c" };
  const mutated = (changed: Partial<Mutant>) => mutate(content, createMutant(one, changed));
  expect(mutated({ ...change, replacement: "b && c" })).toBe("const a = (b && c) ?? d;");
  expect(mutated({ ...change, replacement: "true" })).toBe("const a = true ?? d;");
  const block = { start: 0, end: 22, original: content, mutator: "BlockStatement" };
  expect(mutated({ ...block, replacement: "{}" })).toBe("{}");
});

test("an error of types rejects a mutant, and one of form does not", () => {
  const output = `app/a/mutant-1.b.ts(1,2): error TS2322: Type 'string' is not assignable to type 'number'.
app/a/mutant-2.b.ts(1,2): error TS1313: The body of an 'if' statement cannot be the empty statement.
app/a/mutant-3.b.ts(3,4): error TS7034: Variable 'a' implicitly has type 'any[]'.
  Type 'undefined' is not assignable to type 'string'.
`;
  expect(wrongFiles(output)).toEqual(new Set(["app/a/mutant-1.b.ts"]));
});
