import { readFile, writeFile } from "node:fs/promises";

const markers = /(<!-- figures -->\n)[\s\S]*(<!-- end of figures -->)/;

/**
 * Replaces the figures between a page's markers.
 * @throws if the page has no markers.
 */
export async function writeFigures(page: string, figures: readonly string[]): Promise<void> {
  const text = await readFile(page, "utf8");
  if (!markers.test(text)) throw new Error(`${page} has no markers for the figures`);
  const written = figures.join("\n");
  await writeFile(
    page,
    text.replace(markers, (_, start: string, end: string) => `${start}\n${written}\n\n${end}`),
  );
}
