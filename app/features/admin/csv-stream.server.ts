import type { Cursor } from "~/db/cursor";
import type { Page } from "~/db/keyset-pagination.server";
import { csvLine } from "./csv";

/** D1 allows 1,000 statements per invocation; each page takes at most three. */
const maxPages = 300;
const exportPageSize = 500;

interface CsvExport<Row> {
  header: readonly string[];
  loadPage(cursor: Cursor, length: number): Promise<Page<Row>>;
  toCells(row: Row): readonly (string | null)[];
  /** The last line of an export that has more rows than fit. */
  tooLong: string;
}

/**
 * Loads the next page only when the download has taken the last one.
 * @throws {ServiceUnavailableError} if the first page fails; later, the download aborts.
 */
export async function streamCsv<Row>({
  header,
  loadPage,
  toCells,
  tooLong,
}: CsvExport<Row>): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder();
  const load = (after: string | null) => loadPage({ after, before: null }, exportPageSize);
  let page = await load(null);
  let pages = 1;
  return new ReadableStream({
    start(controller) {
      // Spreadsheets need the byte order mark to detect UTF-8.
      controller.enqueue(encoder.encode(`\ufeff${csvLine(header)}`));
    },
    async pull(controller) {
      const lines = page.rows.map((row) => csvLine(toCells(row)));
      controller.enqueue(encoder.encode(lines.join("")));
      if (page.next === null) return controller.close();
      if (pages === maxPages) {
        controller.enqueue(encoder.encode(csvLine([tooLong])));
        return controller.close();
      }
      pages++;
      page = await load(page.next);
    },
  });
}

/** A download that nothing stores. */
export const csvResponse = (body: ReadableStream<Uint8Array>, filename: string): Response =>
  new Response(body, {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="${filename}"`,
      "Cache-Control": "private, no-store",
    },
  });

export const csvDate = (at: number | null): string | null =>
  at === null ? null : new Date(at).toISOString();
