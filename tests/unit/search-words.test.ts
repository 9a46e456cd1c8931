import fc from "fast-check";
import { expect, test } from "vitest";
import { maxMatches, maxRowsRead } from "../../app/db/search/search-limits.ts";
import { courseWords, referenceWords, searchTerms, wordsOf } from "../../app/db/search/words.ts";

test.each([
  ["Grace Hopper", ["grace", "hopper"]],
  ["grace.hopper+news@navy.example.mil", ["grace", "hopper", "news", "navy", "example", "mil"]],
  ["Straße, STRASSE", ["strasse"]],
  ["Élodie Łódź Ørsted Þór Æsa", ["elodie", "lodz", "orsted", "thor", "aesa"]],
  ["İstanbul ISPARTA ılık", ["istanbul", "isparta", "ilik"]],
  ["ΟΔΟΣ οδός", ["οδοσ"]],
  ["O’Hara-Smith", ["o", "hara", "smith"]],
  ["ﬁne ２０２６ x²", ["fine", "2026", "x2"]],
  ["数学 がく Go言語", ["数", "学", "か", "く", "go", "言", "語"]],
  ["Ёлка المكتبة", ["елка", "المكتبة"]],
  ["😀 !? \0 \ud800 %_", []],
  ["", []],
])("the words of %j are %j", (text, words) => {
  expect(wordsOf(text)).toEqual(words);
});

test("a word found is found again, and every text has few and short words", () => {
  const text = fc.string({ unit: "binary", maxLength: 3_000 });
  fc.assert(
    fc.property(text, (any) => {
      const words = wordsOf(any);
      expect(words.length).toBeLessThanOrEqual(50);
      for (const word of words) {
        expect([...word].length).toBeLessThanOrEqual(40);
        expect(wordsOf(word)).toEqual([word]);
      }
    }),
  );
});

test.each([
  ["Hopper  grace", ["hopper", "grace"]],
  ["gr grace GRACE g", ["grace"]],
  ["how the night sky moves across a year", ["night", "moves", "across", "year", "how"].sort()],
  ["%", []],
])("the terms of the search %j are %j", (query, terms) => {
  const found = searchTerms(query);
  expect(terms.length > 4 ? [...found].sort() : found).toEqual(terms);
});

test("words are found by each of their beginnings", () => {
  expect(searchTerms("x".repeat(60))).toEqual(wordsOf("x".repeat(50)));
  expect(wordsOf("straße")[0]?.startsWith(searchTerms("straß")[0] ?? "-")).toBe(true);
});

test("a reference is found with and without its hyphens", () => {
  expect(referenceWords("CP-0J7K2M4N6P")).toEqual(["cp", "0j7k2m4n6p", "cp0j7k2m4n6p"]);
});

test("a word of a title is not stored again for the summary", () => {
  expect(courseWords({ title: "Night sky", summary: "The sky at night" })).toEqual([
    { word: "night", source: "title" },
    { word: "sky", source: "title" },
    { word: "the", source: "summary" },
    { word: "at", source: "summary" },
  ]);
});

test.each([1, 2, 3, 4, 5])("a search for %i terms stays within its limit of rows", (terms) => {
  for (const isFiltered of [false, true]) {
    for (const isWithinGroup of [false, true]) {
      const matches = maxMatches({ terms, isFiltered, isWithinGroup });
      const counts = terms + (isWithinGroup ? 1 : 0);
      const lookups = terms - 1 + 4 + (isFiltered ? 2 : 0) + (isWithinGroup ? 3 : 0);
      expect(counts * (matches + 1) + lookups * matches).toBeLessThan(maxRowsRead);
      expect(matches).toBeGreaterThanOrEqual(250);
    }
  }
});
