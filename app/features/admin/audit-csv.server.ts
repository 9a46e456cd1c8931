import type { Database } from "~/db/client.server";
import { type AuditEntry, actorName } from "./audit-entry";
import { type AuditQuery, listAuditEntries } from "./audit-log.server";
import { csvDate, streamCsv } from "./csv-stream.server";

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

/** @throws {ServiceUnavailableError} if the first page fails; later, the download aborts. */
export const exportAudit = (db: Database, query: AuditQuery) =>
  streamCsv({
    header,
    loadPage: (cursor, length) => listAuditEntries(db, { ...query, ...cursor }, length),
    toCells,
    tooLong: "Older changes are not included. Export them person by person.",
  });

function toCells(entry: AuditEntry) {
  const { createdAt, action, detail, reason, person, course, changedBy } = entry;
  return [
    csvDate(createdAt),
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
  ];
}
