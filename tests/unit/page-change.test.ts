import { expect, test } from "vitest";
import { isNewPage, type ShownPage } from "../../app/layout/page-change.ts";

const page = (url: string, options: Partial<ShownPage> = {}): ShownPage => {
  const { pathname, search } = new URL(url, "http://localhost");
  return { pathname, search, splat: "", hasError: false, ...options };
};
const pushed = { type: "PUSH", isSubmission: false, hasSetFocus: false } as const;

test.each<[string, ShownPage, ShownPage, Parameters<typeof isNewPage>[2], boolean]>([
  ["another path", page("/"), page("/courses/maps"), pushed, true],
  ["another path after a redirect", page("/a"), page("/b"), { ...pushed, type: "REPLACE" }, true],
  ["the next page of a list", page("/courses"), page("/courses?after=1"), pushed, true],
  ["back to the first page", page("/?after=1"), page("/"), { ...pushed, type: "POP" }, true],
  ["the same page", page("/a?b"), page("/a?b"), pushed, false],
  ["results of a form", page("/a"), page("/a?q=b"), { ...pushed, isSubmission: true }, false],
  ["a modal", page("/a"), page("/a?ask"), { ...pushed, hasSetFocus: true }, false],
  ["a notice on another page", page("/a"), page("/b"), { ...pushed, hasSetFocus: true }, true],
  ["a dialog of the page", page("/a"), page("/a?remove"), { ...pushed, type: "REPLACE" }, false],
  ["an error in place", page("/a"), page("/a", { hasError: true }), pushed, true],
  [
    "a tab of Clerk's component",
    page("/account"),
    page("/account/security", { splat: "security" }),
    pushed,
    false,
  ],
])("%s", (_, before, now, navigation, expected) => {
  expect(isNewPage(before, now, navigation)).toBe(expected);
});
