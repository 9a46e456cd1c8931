import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { courseFormSchema } from "../../app/features/course-editor/course-schema";
import { lessonFormSchema, lessonLimits } from "../../app/features/course-editor/lesson-schema";
import { renderMarkdown } from "../../app/features/courses/markdown.server";
import { findExcess } from "../../app/features/courses/markdown-limits";
import { costlyMarkdown, longMarkdown } from "../support/slow-markdown.ts";

/** Saving may cost 200 ms of CPU; half of that leaves room for a slower machine. */
const mostMs = 100;
/** A row of D1 has room for 2 MB, and all of it together comes to less. */
const maxBytes = 1_000_000;

/** The CPU time of saving a text, in milliseconds, and its HTML: null where it is rejected. */
function save(text: string): { cpuMs: number; html: string | null } {
  const before = process.cpuUsage();
  const html = findExcess(text) === null ? renderMarkdown(text) : null;
  const { user, system } = process.cpuUsage(before);
  return { cpuMs: (user + system) / 1_000, html };
}

/** Other threads of the process (compiler, garbage collector) count too: the cheapest of some runs is the text's own cost. */
function cheapestSave(text: string) {
  const saves = [save(text)];
  while (saves.length < 5 && (saves.at(-1)?.cpuMs ?? 0) > mostMs / 2) saves.push(save(text));
  return saves.reduce((least, one) => (one.cpuMs < least.cpuMs ? one : least));
}

function expectAffordable(text: string): void {
  const { cpuMs, html } = cheapestSave(text);
  expect(cpuMs, JSON.stringify(text.slice(0, 200))).toBeLessThan(mostMs);
  expect(Buffer.byteLength(html ?? ""), JSON.stringify(text.slice(0, 200))).toBeLessThan(maxBytes);
}

describe("a text of the greatest length is rejected or cheap to save:", () => {
  test.each(Object.entries(costlyMarkdown))("%s", (_, text) => {
    expect(text.length).toBeLessThanOrEqual(lessonLimits.body);
    expectAffordable(text);
  });

  test("whatever short fragment is repeated", { timeout: 120_000 }, () => {
    const piece = fc.constantFrom(
      ..."[]()<>!*_`~|:-+#=&;\\\"'^/ \n\t1.aé",
      ...["](", "]:", ": ", "> ", "- ", "1. ", "<!--", "<?", "<a ", "\n\n", "    ", "|-", "\n|"],
    );
    const text = (maxLength: number) =>
      fc.array(piece, { maxLength }).map((pieces) => pieces.join(""));
    const fragment = fc
      .array(piece, { minLength: 1, maxLength: 4 })
      .map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(text(6), fragment, text(6), (prefix, fragment, suffix) => {
        const room = lessonLimits.body - prefix.length - suffix.length;
        expectAffordable(prefix + fragment.repeat(Math.floor(room / fragment.length)) + suffix);
      }),
      { numRuns: 300 },
    );
  });
});

describe("a long text such as people write is accepted:", () => {
  test.each(Object.entries(longMarkdown))("%s", (_, text) => {
    expect(findExcess(text)).toBeNull();
    expectAffordable(text);
  });
});

test.each([
  ["Too many lines: 5,001, and the limit is 5,000.", "\n".repeat(5_000)],
  ["Quotes or lists are nested too deeply: 17, and the limit is 16.", ">".repeat(17)],
  ["Quotes or lists are nested too deeply: 20,", `${" ".repeat(40)}- a`],
  ["Too many list items and quotes: 5,002,", "- - a\n".repeat(2_501)],
  ["Too many asterisks, underscores and backticks: 10,002,", "*_`".repeat(3_334)],
  ["Too many links and brackets: 2,001,", "[".repeat(2_001)],
  ["Too many tags: 4,001,", "<".repeat(4_001)],
  ["Too many table cells: 5,004,", `|a|b|\n|-|-|\n${"a\n".repeat(2_500)}`],
  ["Link definitions are too long for", `[a]: ${"x".repeat(9_995)}${"\n\n[a]".repeat(50)}`],
])("%s", (sentence, text) => {
  expect(findExcess(text)).toContain(sentence);
});

test("thematic breaks and quoted paragraphs are not taken for nesting", () => {
  expect(
    findExcess(`${"- ".repeat(40)}\n\n> > ${"* ".repeat(40)}\n\n${"> ".repeat(16)}a`),
  ).toBeNull();
});

test("the forms of courses and lessons say it beside the text", () => {
  const nested = ">".repeat(17);
  const errors = [
    courseFormSchema.unwrap().safeParse({ description: nested }).error,
    lessonFormSchema.unwrap().safeParse({ body: nested }).error,
  ];
  for (const error of errors) {
    expect(error?.issues).toContainEqual(
      expect.objectContaining({ message: expect.stringContaining("nested too deeply: 17") }),
    );
  }
});
