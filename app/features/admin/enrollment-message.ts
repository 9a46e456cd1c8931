import type { EnrollUserOutcome } from "./enroll-users.server";

export function enrollmentMessage(outcome: EnrollUserOutcome): string {
  switch (outcome.kind) {
    case "enrolled":
      return `${outcome.name} now has access.`;
    case "user-not-found":
      return `No user has the email address or ID ${outcome.who}.`;
    case "banned":
      return `${outcome.name} is banned. Unban them in Clerk first.`;
    case "ambiguous":
      return `Several users have the email address ${outcome.who}. Enter one of their IDs: ${outcome.ids.join(", ")}.`;
    case "already-enrolled":
      return `${outcome.name} is already in this course.`;
  }
}
