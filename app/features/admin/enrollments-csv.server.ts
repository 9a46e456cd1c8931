import type { Database } from "~/db/client.server";
import { csvDate, streamCsv } from "./csv-stream.server";
import { listEnrollments } from "./enrollments.server";

const header = [
  "person",
  "email",
  "person_id",
  "status",
  "enrolled",
  "source",
  "revoked",
  "lessons_done",
  "lessons",
  "last_activity",
];

type Row = Awaited<ReturnType<typeof listEnrollments>>["rows"][number];

/** @throws {ServiceUnavailableError} if the first page fails; later, the download aborts. */
export const exportEnrollments = (db: Database, courseId: string) =>
  streamCsv({
    header,
    loadPage: (cursor, length) => listEnrollments(db, courseId, cursor, length),
    toCells,
    tooLong: "Earlier enrollments are not included.",
  });

const toCells = ({ person, ...enrolled }: Row) => [
  person.name,
  person.email,
  person.id,
  enrolled.revokedAt === null ? "enrolled" : "revoked",
  csvDate(enrolled.enrolledAt),
  enrolled.source,
  csvDate(enrolled.revokedAt),
  `${enrolled.done}`,
  `${enrolled.total}`,
  csvDate(enrolled.lastActivityAt),
];
