import type { EnrollmentSource } from "~/db/enums";
import { formatLessonCount } from "~/features/courses/format";
import { Badge } from "~/ui/badge";
import { DateTime } from "~/ui/date-time";
import type { Enrollment } from "../enrollments.server";

export const enrollmentSources: Record<EnrollmentSource, string> = {
  free: "for free",
  purchase: "by purchase",
  admin: "by an admin",
};

export function EnrollmentStatus({
  revokedAt,
  revokedBecause,
}: Pick<Enrollment, "revokedAt" | "revokedBecause">) {
  if (revokedAt === null) return <Badge tone="success">enrolled</Badge>;
  return (
    <>
      <Badge tone="danger">revoked</Badge>
      <span className="block text-sm text-muted">
        <DateTime at={revokedAt} dateOnly />,{" "}
        {revokedBecause === "refund" ? "refund" : "by an admin"}
      </span>
    </>
  );
}

interface LastActivityProps {
  lastActivityAt: number | null;
}

export function LastActivity({ lastActivityAt }: LastActivityProps) {
  return lastActivityAt === null ? "–" : <DateTime at={lastActivityAt} dateOnly />;
}

/** For screens that are too narrow for a column. */
export function LastActivityLine({ lastActivityAt }: LastActivityProps) {
  if (lastActivityAt === null) return null;
  return (
    <span className="block text-sm text-muted lg:hidden">
      Last activity <DateTime at={lastActivityAt} dateOnly />
    </span>
  );
}

export function LearnerProgress({ done, total }: { done: number; total: number }) {
  return (
    <>
      {done} of {formatLessonCount(total)}
    </>
  );
}
