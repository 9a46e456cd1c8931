import { Form, useNavigation } from "@remix-run/react";
import { Button } from "~/ui/button";
import { CloseLink, Modal } from "~/ui/modal";

/** The id of the link that opens the dialog. */
export const removeDialogTriggerId = "remove-lesson";

/** Asks whether a lesson shall really go. */
export function RemoveLessonDialog({ title, path }: { title: string; path: string }) {
  const busy = useNavigation().formData?.get("intent") === "remove";
  return (
    <Modal title={`Remove ${title}?`} back={path} triggerId={removeDialogTriggerId}>
      <p className="mt-3 text-muted">
        Its text goes for good, and so does the note of everybody who has done it.
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
