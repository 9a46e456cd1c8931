/** The words of one text, at most. */
const maxWords = 50;
/** Longer words are cut, both when they are stored and when they are searched. */
const maxWordLength = 40;
/** Longer than a name, an email address, a title or a summary. */
const maxTextLength = 1_000;
/** More words do not narrow a search any further. */
const maxTerms = 5;

/** Letters that Unicode does not decompose. */
const plainLetters: Record<string, string> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
  ς: "σ",
};

/** Scripts without spaces: each character is a word. */
const ideograph = "[\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}]";
const word = new RegExp(`${ideograph}|(?:(?!${ideograph})[\\p{L}\\p{N}])+`, "gu");

/** The distinct words of a text without case and accents: "Straße, É2" has "strasse" and "e2". */
export function wordsOf(text: string): string[] {
  const plain = text
    .slice(0, maxTextLength)
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[ßæœøłđðþıς]/g, (letter) => plainLetters[letter] ?? letter);
  const words = new Set(plain.match(word)?.map(cut));
  return [...words].slice(0, maxWords);
}

/** The words of a course, each from one source. */
export function courseWords({ title, summary }: { title: string; summary: string }) {
  const titleWords = wordsOf(title);
  const others = wordsOf(summary).filter((word) => !titleWords.includes(word));
  return [
    ...titleWords.map((word) => ({ word, source: "title" })),
    ...others.map((word) => ({ word, source: "summary" })),
  ];
}

/** Also found without its hyphens: bank statements often lose them. */
export function referenceWords(reference: string): string[] {
  return [...wordsOf(reference), ...wordsOf(reference.replace(/[^\p{L}\p{N}]/gu, ""))];
}

const cut = (text: string) => [...text].slice(0, maxWordLength).join("");

/**
 * The prefixes that a row's words must have, in the order typed: the longest ones, without those
 * that another one implies.
 */
export function searchTerms(query: string): string[] {
  const words = wordsOf(query);
  const needed = words.filter(
    (word) => !words.some((other) => other !== word && other.startsWith(word)),
  );
  const longest = [...needed].sort((a, b) => b.length - a.length).slice(0, maxTerms);
  return needed.filter((word) => longest.includes(word));
}
