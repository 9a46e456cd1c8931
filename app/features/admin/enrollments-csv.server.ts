import type { Database } from "~/db/client.server";
import { csvDate, streamCsv } from "./csv-stream.server";
import { findLearners, type Learner, type LearnerQuery } from "./learner-list.server";

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

const noLearners = { rows: [], previous: null, next: null };

/** @throws {ServiceUnavailableError} if the first page fails; later, the download aborts. */
export const exportEnrollments = (db: Database, courseId: string, query: LearnerQuery) =>
  streamCsv({
    header,
    // The page offers no export of a search with too many matches.
    loadPage: async (cursor, length) =>
      (await findLearners(db, courseId, { ...query, ...cursor }, length)) ?? noLearners,
    toCells,
    tooLong: "Earlier enrollments are not included.",
  });

const toCells = ({ person, ...enrolled }: Learner) => [
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
