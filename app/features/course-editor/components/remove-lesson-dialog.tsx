import { Form, useNavigation } from "@remix-run/react";
import { Button } from "~/ui/button";
import { CloseLink, Modal } from "~/ui/modal";

export const removeDialogTriggerId = "remove-lesson";

export function RemoveLessonDialog({ title, path }: { title: string; path: string }) {
  const busy = useNavigation().formData?.get("intent") === "remove";
  return (
    <Modal title={`Remove ${title}?`} back={path} triggerId={removeDialogTriggerId}>
      <p className="mt-3 text-muted">
        This permanently deletes the lesson and every learner’s completion of it.
      </p>
      <Form method="post" action={path} className="mt-6 flex flex-wrap justify-end gap-3">
        <input type="hidden" name="intent" value="remove" />
        <CloseLink back={path}>Cancel</CloseLink>
        <Button variant="danger" busy={busy} busyText="Removing…">
          Remove lesson
        </Button>
      </Form>
    </Modal>
  );
}
