import type { Database } from "../../db/client.server";
import { type AuditedChange, type AuditQuery, listRoleChanges } from "./audit.server";
import { csvLine } from "./csv";

const header = [
  "when",
  "person",
  "person_email",
  "person_id",
  "from",
  "to",
  "reason",
  "changed_by",
  "changed_by_email",
  "changed_by_id",
];
/** D1 answers 1,000 statements an invocation: the pages of one export stay below. */
const maxPages = 900;
const rowsAtOnce = 500;

/**
 * The record of role changes as CSV, page by page as the client takes it, the latest first.
 * @throws {ServiceUnavailableError} when D1 does not answer for the first page; later, the download breaks off.
 */
export async function exportRoleChanges(
  db: Database,
  query: AuditQuery,
): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder();
  let page = await listRoleChanges(db, { ...query, after: null, before: null }, rowsAtOnce);
  let pages = 1;
  return new ReadableStream({
    start(controller) {
      // Spreadsheets take a file for UTF-8 only where it begins with this mark.
      controller.enqueue(encoder.encode(`\ufeff${csvLine(header)}`));
    },
    async pull(controller) {
      controller.enqueue(encoder.encode(page.rows.map(lineOf).join("")));
      if (page.next === null) return controller.close();
      if (pages === maxPages) {
        const rest = "More changes are older than these; export them by person.";
        controller.enqueue(encoder.encode(csvLine([rest])));
        return controller.close();
      }
      pages++;
      page = await listRoleChanges(db, { ...query, after: page.next, before: null }, rowsAtOnce);
    },
  });
}

function lineOf({ createdAt, person, fromRole, toRole, reason, changedBy }: AuditedChange): string {
  return csvLine([
    new Date(createdAt).toISOString(),
    person.name,
    person.email,
    person.id,
    fromRole,
    toRole,
    reason,
    changedBy?.name ?? "from a terminal",
    changedBy?.email ?? null,
    changedBy?.id ?? null,
  ]);
}
