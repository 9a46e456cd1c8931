import type { Database } from "~/db/client.server";
import type { AuditEntry } from "./audit-entry";
import { type AuditQuery, listAuditEntries } from "./audit-log.server";
import { csvLine } from "./csv";

const header = [
  "when",
  "action",
  "detail",
  "reason",
  "person",
  "person_email",
  "person_id",
  "course",
  "course_id",
  "changed_by",
  "changed_by_email",
  "changed_by_id",
];
/** D1 answers 1,000 statements an invocation: the pages of one export, two statements each, stay below. */
const maxPages = 450;
const exportPageSize = 500;

/**
 * The audit as CSV, page by page as the client takes it, the latest first.
 * @throws {ServiceUnavailableError} when D1 does not answer for the first page; later, the download breaks off.
 */
export async function exportAudit(
  db: Database,
  query: AuditQuery,
): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder();
  let page = await listAuditEntries(db, { ...query, after: null, before: null }, exportPageSize);
  let pages = 1;
  return new ReadableStream({
    start(controller) {
      // Spreadsheets take a file for UTF-8 only where it begins with this mark.
      controller.enqueue(encoder.encode(`\ufeff${csvLine(header)}`));
    },
    async pull(controller) {
      controller.enqueue(encoder.encode(page.rows.map(toCsvLine).join("")));
      if (page.next === null) return controller.close();
      if (pages === maxPages) {
        const rest = "More changes are older than these; export them by person.";
        controller.enqueue(encoder.encode(csvLine([rest])));
        return controller.close();
      }
      pages++;
      page = await listAuditEntries(
        db,
        { ...query, after: page.next, before: null },
        exportPageSize,
      );
    },
  });
}

function toCsvLine(entry: AuditEntry): string {
  const { createdAt, action, detail, reason, person, course, changedBy } = entry;
  return csvLine([
    new Date(createdAt).toISOString(),
    action,
    detail,
    reason,
    person?.name ?? null,
    person?.email ?? null,
    person?.id ?? null,
    course?.title ?? null,
    course?.id ?? null,
    changedBy?.name ?? "from a terminal",
    changedBy?.email ?? null,
    changedBy?.id ?? null,
  ]);
}
