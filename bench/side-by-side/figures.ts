import { readFile, writeFile } from "node:fs/promises";

const marks = /(<!-- figures -->\n)[\s\S]*(<!-- end of figures -->)/;

/**
 * Puts figures where a page has its place for them.
 * @throws when it has none.
 */
export async function writeFigures(page: string, figures: readonly string[]): Promise<void> {
  const text = await readFile(page, "utf8");
  if (!marks.test(text)) throw new Error(`${page} has no place for the figures`);
  const written = figures.join("\n");
  await writeFile(
    page,
    text.replace(marks, (_, start: string, end: string) => `${start}\n${written}\n\n${end}`),
  );
}
