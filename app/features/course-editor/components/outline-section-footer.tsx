import { Link } from "@remix-run/react";
import { buttonClass } from "~/ui/button";
import { AddToOutlineForm } from "./add-to-outline-form";
import type { OutlineSectionProps } from "./outline-editor-props";

export function OutlineSectionFooter({
  section,
  open,
  newId,
  lastResult,
  deferFocus,
}: OutlineSectionProps) {
  const triggerId = `add:${section.id}`;
  if (open !== "add") {
    return (
      <p className="mt-4">
        <Link
          id={triggerId}
          to={`?add=${section.id}`}
          replace
          preventScrollReset
          aria-label={`Add a lesson to ${section.title}`}
          className="text-[0.9375rem] font-medium text-accent underline underline-offset-4"
        >
          Add a lesson
        </Link>
      </p>
    );
  }
  return (
    <div className="mt-4">
      <AddToOutlineForm
        kind="lesson"
        hidden={{ sectionId: section.id }}
        newId={newId}
        lastResult={lastResult}
        isOpened
      >
        <Link
          to="?"
          replace
          preventScrollReset
          onClick={() => deferFocus(triggerId)}
          className={buttonClass("secondary")}
        >
          Done
        </Link>
      </AddToOutlineForm>
    </div>
  );
}
