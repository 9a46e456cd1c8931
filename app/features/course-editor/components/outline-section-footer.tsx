import { Link } from "@remix-run/react";
import { buttonLook } from "~/ui/button";
import { AddForm } from "./add-to-outline-form";
import type { OutlineSectionProps } from "./outline-editor-props";

/** The way to another lesson of a section. */
export function SectionFoot({
  section,
  open,
  freshId,
  lastResult,
  focusLater,
}: OutlineSectionProps) {
  const opener = `add:${section.id}`;
  if (open !== "add") {
    return (
      <p className="mt-4">
        <Link
          id={opener}
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
      <AddForm
        of="lesson"
        hidden={{ sectionId: section.id }}
        freshId={freshId}
        lastResult={lastResult}
        isOpened
      >
        <Link
          to="?"
          replace
          preventScrollReset
          onClick={() => focusLater(opener)}
          className={buttonLook("secondary")}
        >
          Done
        </Link>
      </AddForm>
    </div>
  );
}
