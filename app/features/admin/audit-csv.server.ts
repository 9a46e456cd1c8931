import type { Database } from "~/db/client.server";
import { type AuditEntry, actorName } from "./audit-entry";
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
/** D1 allows 1,000 statements per invocation; each page takes three. */
const maxPages = 300;
const exportPageSize = 500;

/** @throws {ServiceUnavailableError} if the first page fails; later, the download aborts. */
export async function exportAudit(
  db: Database,
  query: AuditQuery,
): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder();
  let page = await listAuditEntries(db, { ...query, after: null, before: null }, exportPageSize);
  let pages = 1;
  return new ReadableStream({
    start(controller) {
      // Spreadsheets need the byte order mark to detect UTF-8.
      controller.enqueue(encoder.encode(`\ufeff${csvLine(header)}`));
    },
    async pull(controller) {
      controller.enqueue(encoder.encode(page.rows.map(toCsvLine).join("")));
      if (page.next === null) return controller.close();
      if (pages === maxPages) {
        const notice = "Older changes are not included. Export them person by person.";
        controller.enqueue(encoder.encode(csvLine([notice])));
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
    actorName(entry),
    changedBy?.email ?? null,
    changedBy?.id ?? null,
  ]);
}
