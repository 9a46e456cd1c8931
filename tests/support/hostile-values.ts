import fc from "fast-check";
import { xssPayloads } from "./xss-payloads.ts";

const oddTexts = [
  "",
  " ",
  "\0",
  "\u202e",
  "\ufeff",
  "\u200b",
  "null",
  "[]",
  "__proto__",
  "constructor",
  "-1",
  "1e999",
  "0x10",
  "99999999999999999999",
  "4294967295",
  "//evil.example",
  "/\\evil.example",
  "javascript:alert(1)",
  "%E9",
  "%",
];

/** Bytes that HTTP allows in header values, as characters up to U+00FF. */
export function headerBytes(maxLength: number): fc.Arbitrary<string> {
  const byte = fc.oneof(
    fc.integer({ min: 0x20, max: 0x7e }),
    fc.integer({ min: 0x80, max: 0xff }),
    fc.constant(0x09),
  );
  return fc.array(byte, { maxLength }).map((bytes) => String.fromCharCode(...bytes));
}

/** Arbitrary text, often with a special meaning to some parser. */
export function hostileText(maxLength: number): fc.Arbitrary<string> {
  const repeated = fc
    .tuple(fc.string({ unit: "grapheme", minLength: 1, maxLength: 6 }), fc.nat(maxLength))
    .map(([part, times]) => part.repeat(times).slice(0, maxLength))
    .map((text) => text.toWellFormed());
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...oddTexts, ...xssPayloads) },
    { weight: 3, arbitrary: fc.string({ unit: "binary", maxLength: Math.min(maxLength, 60) }) },
    { weight: 1, arbitrary: repeated },
  );
}
