import { Form } from "@remix-run/react";
import type { FormEvent } from "react";
import { outlineFormSchema } from "../outline-schema";
import type { ReorderStep } from "../reorder";
import { MoveArrows, movesFormId } from "./move-button";

interface MovesFormProps {
  version: number;
  onMove: (step: ReorderStep, buttonId: string) => void;
}

/** The form of all move buttons. With JavaScript, `onMove` replaces the submission. */
export function MovesForm({ version, onMove }: MovesFormProps) {
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    const button = findSubmitter(event);
    const parsed = outlineFormSchema.safeParse({ intent: "move", version, move: button?.value });
    if (button && parsed.data?.intent === "move") onMove(parsed.data, button.id);
  };
  return (
    <>
      <Form id={movesFormId} method="post" preventScrollReset onSubmit={handleSubmit}>
        <input type="hidden" name="intent" value="move" />
        <input type="hidden" name="version" value={version} />
      </Form>
      <MoveArrows />
    </>
  );
}

function findSubmitter({ nativeEvent }: FormEvent): HTMLButtonElement | null {
  const submitter = nativeEvent instanceof SubmitEvent ? nativeEvent.submitter : null;
  return submitter instanceof HTMLButtonElement ? submitter : null;
}
