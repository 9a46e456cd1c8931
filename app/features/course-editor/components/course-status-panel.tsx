import { Form, useNavigation } from "@remix-run/react";
import type { CourseStatus } from "~/db/enums";
import { Button } from "~/ui/button";

const statusDescriptions: Record<CourseStatus, string> = {
  draft: "Draft: only admins can see it.",
  published: "Published: listed in the course catalog.",
  archived: "Archived: not in the course catalog; enrolled learners keep access.",
};

const nextStatuses: Record<CourseStatus, readonly CourseStatus[]> = {
  draft: ["published", "archived"],
  published: ["archived", "draft"],
  archived: ["published", "draft"],
};

const actionLabels: Record<CourseStatus, string> = {
  published: "Publish",
  archived: "Archive",
  draft: "Back to draft",
};

interface CourseStatusPanelProps {
  course: { status: CourseStatus; version: number };
}

export function CourseStatusPanel({ course }: CourseStatusPanelProps) {
  const pendingStatus = useNavigation().formData?.get("status");
  return (
    <>
      <p>{statusDescriptions[course.status]}</p>
      <Form method="post" preventScrollReset className="mt-4 flex flex-wrap gap-3">
        <input type="hidden" name="version" value={course.version} />
        {nextStatuses[course.status].map((status) => (
          <Button
            key={status}
            name="status"
            value={status}
            variant={status === "published" ? "primary" : "secondary"}
            busy={pendingStatus === status}
            busyText="Saving…"
          >
            {actionLabels[status]}
          </Button>
        ))}
      </Form>
    </>
  );
}
