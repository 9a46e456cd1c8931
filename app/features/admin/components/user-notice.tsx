import { useSearchParams } from "@remix-run/react";
import type { RoleChange } from "~/features/users/change-role.server";
import { Notice } from "~/ui/notice";
import { RateLimitNotice } from "~/ui/rate-limit-notice";

interface UserNoticeProps {
  name: string;
  changed: RoleChange | null;
  courses: readonly { courseId: string; title: string }[];
  outcome: string | undefined;
}

export function UserNotice({ name, changed, courses, outcome }: UserNoticeProps) {
  const [params] = useSearchParams();
  if (outcome === "rate-limited") return <RateLimitNotice />;
  if (outcome === "clerk-unavailable") {
    return (
      <Notice tone="danger">
        Clerk did not answer. Pending changes are retried every two minutes.
      </Notice>
    );
  }
  if (outcome !== undefined) return null;
  if (changed) return <Success id={changed.id}>The role is now {changed.toRole}.</Success>;
  if (params.has("synced")) return <Success id="synced">Synced with Clerk.</Success>;
  const enrolled = params.get("enrolled");
  const courseId = enrolled ?? params.get("revoked");
  if (courseId === null) return null;
  const title = courses.find((course) => course.courseId === courseId)?.title ?? "the course";
  return (
    <Success id={`${courseId} ${enrolled}`}>
      {name} {enrolled === null ? "no longer has" : "now has"} access to {title}.
    </Success>
  );
}

function Success({ id, children }: { id: string; children: React.ReactNode }) {
  return (
    <Notice key={id} tone="success">
      {children}
    </Notice>
  );
}
