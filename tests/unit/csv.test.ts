import fc from "fast-check";
import { expect, test } from "vitest";
import { csvLine } from "~/features/admin/csv";

test.each([
  ["=1+1", "'=1+1"],
  ["  @SUM(A1)", "'  @SUM(A1)"],
  ["Bob;=1+1;", "Bob;'=1+1;"],
  ["Bob; -1", "Bob;' -1"],
  ["Bob\t+1", "Bob\t'+1"],
  ["Bob\n=1\r\n@x", "Bob\n'=1\r\n'@x"],
  ["\ttab first", "'\ttab first"],
  ["Bob;＝1", "Bob;'＝1"],
  ['Bob;"=1+1;', `Bob;'""=1+1;`],
  ['" "-1', `'"" ""-1`],
  ["a-b=c, well+good; fine @ home", "a-b=c, well+good; fine @ home"],
  [null, ""],
])("the cell %j is written as %j", (value, expected) => {
  expect(csvLine([value])).toBe(`"${expected}"\r\n`);
});

test("no part of a cell starts with a formula, wherever a spreadsheet splits it", () => {
  const text = fc.string({
    unit: fc.constantFrom(
      "=",
      "+",
      "-",
      "@",
      "＝",
      ";",
      "\t",
      "\n",
      "\r",
      " ",
      '"',
      ",",
      "a",
      "\u2028",
    ),
    maxLength: 20,
  });
  fc.assert(
    fc.property(text, (value) => {
      const cell = csvLine([value]).slice(1, -3);
      for (const part of cell.split(/[;\t\n\r\u2028]/)) {
        expect(part).not.toMatch(/^["\s]*[=+\-@＝]/);
      }
      expect(cell.replaceAll('""', '"').replaceAll("'", "")).toBe(value);
    }),
    { numRuns: 5_000 },
  );
});

test("writes a megabyte of separators quickly", () => {
  const cells = [
    "\n".repeat(1_000_000),
    `;${" ".repeat(1_000_000)}`,
    "; ".repeat(500_000),
    `;${'"'.repeat(500_000)}`,
  ];
  expect(csvLine(cells).length).toBeLessThan(5_000_000);
});
