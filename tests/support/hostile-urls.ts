import fc from "fast-check";

/** A request that may make two URL parsers disagree about its path. */
export interface HostileRequest {
  path: string;
  method: string;
  headers: Record<string, string>;
}

const escaped = (character: string) => `%${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
const twiceEscaped = (character: string) => escaped(character).replace("%", "%25");

const spellings = [
  (character: string) => character,
  (character: string) => character.toUpperCase(),
  escaped,
  twiceEscaped,
];

/** A word, unchanged or with some characters escaped or in another case. */
function spellingVariants(word: string): fc.Arbitrary<string> {
  const choices = fc.array(fc.integer({ min: 0, max: 11 }), { minLength: 12, maxLength: 12 });
  const mixed = choices.map((numbers) =>
    [...word]
      .map((character, index) => spellings[numbers[index % 12] ?? 0]?.(character) ?? character)
      .join(""),
  );
  return fc.oneof(
    { weight: 8, arbitrary: fc.constant(word) },
    { weight: 2, arbitrary: fc.constant(word.toUpperCase()) },
    { weight: 1, arbitrary: mixed },
  );
}

const separators = ["//", "/./", "/x/../", "/%2e/", "/x/%2e%2e/", "/.%2e/"];
const brokenSeparators = ["%2f", "%2F", "\\", "%5c", "%252f", "/;/", ";/", "/%00/", "/%20/"];
const suffixes = [
  "",
  "",
  "",
  ".data",
  ".data",
  "/",
  "//",
  "/.",
  "/..",
  ".data/",
  "/.data",
  ".data.data",
];
const oddSuffixes = [".DATA", "%2edata", ".data%20", ";.data", ".data;", "%00", "/_root.data", "."];
const queries = [
  "",
  "",
  "?index",
  "?_routes=routes%2Fadmin",
  "?_routes=root",
  "?_routes=",
  "?_routes=routes%2Fadmin.users._index%2Croutes%2Fadmin",
  "?_data=routes%2Fadmin.users._index",
  "?_data=root",
  "?_method=GET",
  "?redirect_url=//evil.example",
];
const extraHeaders: Record<string, string>[] = [
  {},
  {},
  { "X-HTTP-Method-Override": "GET" },
  { "X-Original-URL": "/" },
  { "X-Rewrite-URL": "/sign-in" },
  { "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https" },
  { Forwarded: "host=evil.example;proto=https" },
  { Accept: "text/html" },
  { Accept: "text/html", "Sec-Fetch-Dest": "document" },
];

/** Requests for variants of the given paths, from normal to hostile. */
export function hostileRequests(paths: readonly string[]): fc.Arbitrary<HostileRequest> {
  const target = fc.constantFrom(...paths).chain((path) => {
    const words = path.split("/").filter(Boolean);
    const separator = fc.oneof(
      { weight: 12, arbitrary: fc.constant("/") },
      { weight: 3, arbitrary: fc.constantFrom(...separators) },
      { weight: 1, arbitrary: fc.constantFrom(...brokenSeparators) },
    );
    const parts = words.map((word) => fc.tuple(separator, spellingVariants(word)));
    return fc.tuple(...parts).map((pairs) => pairs.flat().join(""));
  });
  const suffix = fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom("", ".data") },
    { weight: 2, arbitrary: fc.constantFrom(...suffixes) },
    { weight: 1, arbitrary: fc.constantFrom(...oddSuffixes) },
  );
  return fc.record({
    path: fc
      .tuple(target, suffix, fc.constantFrom(...queries))
      .map(([path, end, query]) => (path.startsWith("/") ? path : `/${path}`) + end + query),
    method: fc.constantFrom("GET", "GET", "GET", "HEAD", "POST", "PUT", "QUERY"),
    headers: fc.constantFrom(...extraHeaders),
  });
}
