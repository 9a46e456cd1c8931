import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { currencies } from "../../app/db/enums";
import { slugify, slugPattern } from "../../app/features/course-editor/slug";
import { embedVideo } from "../../app/features/courses/embedded-video";
import { formatPrice, formatPriceInput, parsePrice } from "../../app/features/courses/money";

describe("a price", () => {
  test("survives formatting and parsing exactly", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...currencies),
        fc.integer({ min: 50, max: 99_999_999 }),
        (currency, priceMinor) => {
          expect(parsePrice(formatPriceInput({ priceMinor, currency }), currency)).toBe(priceMinor);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test.each([
    ["19.99", "EUR", 1999],
    ["19,9", "EUR", 1990],
    [" 5 ", "USD", 500],
    ["0", "GBP", 0],
    ["2900", "JPY", 2900],
    ["29.5", "JPY", null],
    ["1.999", "EUR", null],
    ["-1", "EUR", null],
    ["1e3", "EUR", null],
    ["", "EUR", null],
    ["1 000", "EUR", null],
    ["1000000.01", "EUR", null],
  ] as const)("%j in %s is %s", (text, currency, expected) => {
    expect(parsePrice(text, currency)).toBe(expected);
  });

  test.each([
    [2900, "EUR", "€29.00"],
    [2900, "JPY", "¥2,900"],
    [5, "USD", "$0.05"],
    [0, "EUR", "Free"],
  ] as const)("%i %s is formatted as %s", (priceMinor, currency, expected) => {
    expect(formatPrice({ priceMinor, currency })).toBe(expected);
  });
});

describe("a slug made from a title", () => {
  test("is a valid slug or empty for any title", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (title) => {
        const slug = slugify(title);
        expect(slug === "" || slugPattern.test(slug)).toBe(true);
        expect(slugify(slug)).toBe(slug);
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    ["Élan & Côté!", "elan-cote"],
    ["SQL from the first SELECT", "sql-from-the-first-select"],
    ["  --  ", ""],
    ["中文", ""],
  ])("%j becomes %j", (title, slug) => {
    expect(slugify(title)).toBe(slug);
  });
});

test.each([
  ["https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3", "youtube-nocookie.com/embed/dQw4w9WgXcQ"],
  ["https://youtu.be/dQw4w9WgXcQ", "youtube-nocookie.com/embed/dQw4w9WgXcQ"],
  ["https://vimeo.com/76979871", "player.vimeo.com/video/76979871"],
  ["https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ", null],
  ["https://www.youtube.com/watch?v=x%22onload%3D", null],
  ["https://vimeo.com/../x", null],
  ["https://example.com/film.mp4", null],
  ["not a URL", null],
])("%s is played by %s", (address, player) => {
  const video = embedVideo(address);
  if (player === null) expect(video).toBeNull();
  else expect(video?.url).toContain(player);
});
