import { Form } from "@remix-run/react";
import type { FormEvent } from "react";
import { outlineFormSchema } from "../outline-schema";
import type { ReorderStep } from "../reorder";
import { MoveArrows, movesFormId } from "./move-button";

interface MovesFormProps {
  version: number;
  /** A button was pressed. */
  onMove: (step: ReorderStep, buttonId: string) => void;
}

/** The one form of all move buttons; where scripts run, a press is theirs. */
export function MovesForm({ version, onMove }: MovesFormProps) {
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    const pressed = findSubmitter(event);
    const read = outlineFormSchema.safeParse({ intent: "move", version, move: pressed?.value });
    if (pressed && read.data?.intent === "move") onMove(read.data, pressed.id);
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
  const pressed = nativeEvent instanceof SubmitEvent ? nativeEvent.submitter : null;
  return pressed instanceof HTMLButtonElement ? pressed : null;
}
