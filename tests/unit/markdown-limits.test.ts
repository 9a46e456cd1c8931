import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { courseFormSchema } from "../../app/features/course-editor/course-schema";
import { lessonFormSchema, lessonLimits } from "../../app/features/course-editor/lesson-schema";
import { renderMarkdown } from "../../app/features/courses/markdown.server";
import { markdownLimitError } from "../../app/features/courses/markdown-limits";
import { costlyMarkdown, longMarkdown } from "../support/long-markdown.ts";

/** Half of the allowed 200 ms of CPU time, to leave room for slower machines. */
const maxCpuMs = 100;
/** A D1 row holds at most 2 MB. */
const maxBytes = 1_000_000;

/** Measures the CPU time of saving a text; `html` is null if the text is rejected. */
function save(text: string): { cpuMs: number; html: string | null } {
  const before = process.cpuUsage();
  const html = markdownLimitError(text) === null ? renderMarkdown(text) : null;
  const { user, system } = process.cpuUsage(before);
  return { cpuMs: (user + system) / 1_000, html };
}

/** The cheapest of several runs: other threads (compiler, garbage collector) add to CPU time. */
function cheapestSave(text: string) {
  const saves = [save(text)];
  while (saves.length < 5 && (saves.at(-1)?.cpuMs ?? 0) > maxCpuMs / 2) saves.push(save(text));
  return saves.reduce((best, run) => (run.cpuMs < best.cpuMs ? run : best));
}

function expectAffordable(text: string): void {
  const { cpuMs, html } = cheapestSave(text);
  expect(cpuMs, JSON.stringify(text.slice(0, 200))).toBeLessThan(maxCpuMs);
  expect(Buffer.byteLength(html ?? ""), JSON.stringify(text.slice(0, 200))).toBeLessThan(maxBytes);
}

describe("a text of maximum length is rejected or cheap to save:", () => {
  test.each(Object.entries(costlyMarkdown))("%s", (_, text) => {
    expect(text.length).toBeLessThanOrEqual(lessonLimits.body);
    expectAffordable(text);
  });

  test("any repeated short fragment", () => {
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

describe("a realistic long text is accepted:", () => {
  test.each(Object.entries(longMarkdown))("%s", (_, text) => {
    expect(markdownLimitError(text)).toBeNull();
    expectAffordable(text);
  });
});

test.each([
  ["Too many lines: 5,001 (limit: 5,000).", "\n".repeat(5_000)],
  ["Quotes or lists are nested too deeply: 17 (limit: 16).", ">".repeat(17)],
  ["Quotes or lists are nested too deeply: 20 (limit:", `${" ".repeat(40)}- a`],
  ["Too many list items and quotes: 5,002 (limit:", "- - a\n".repeat(2_501)],
  ["Too many asterisks, underscores and backticks: 10,002 (limit:", "*_`".repeat(3_334)],
  ["Too many links and brackets: 2,001 (limit:", "[".repeat(2_001)],
  ["Too many tags: 4,001 (limit:", "<".repeat(4_001)],
  ["Too many table cells: 5,004 (limit:", `|a|b|\n|-|-|\n${"a\n".repeat(2_500)}`],
  ["Link definitions are too long for", `[a]: ${"x".repeat(9_995)}${"\n\n[a]".repeat(50)}`],
])("%s", (message, text) => {
  expect(markdownLimitError(text)).toContain(message);
});

test("does not count thematic breaks and quoted paragraphs as nesting", () => {
  expect(
    markdownLimitError(`${"- ".repeat(40)}\n\n> > ${"* ".repeat(40)}\n\n${"> ".repeat(16)}a`),
  ).toBeNull();
});

test("course and lesson forms report the error on the text field", () => {
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
