import { Form, useNavigation } from "@remix-run/react";
import type { CourseStatus } from "~/db/enums";
import { Button } from "~/ui/button";

const statusDescriptions: Record<CourseStatus, string> = {
  draft: "A draft: only admins see it.",
  published: "Published: everybody finds it in the catalogue.",
  archived: "Archived: it is not in the catalogue; whoever is enrolled goes on reading it.",
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

/** Who sees the course, and the way to change that. */
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
            busyText="One moment…"
          >
            {actionLabels[status]}
          </Button>
        ))}
      </Form>
    </>
  );
}
