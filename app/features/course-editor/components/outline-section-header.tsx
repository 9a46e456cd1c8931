import { Form, Link } from "@remix-run/react";
import { useState } from "react";
import type { OutlineSection } from "~/features/courses/outline";
import { buttonLook } from "~/ui/button";
import { partName } from "../outline-urls";
import { StayHere } from "./keep-scroll";
import { MoveButton } from "./move-button";
import type { OutlineSectionProps } from "./outline-editor-props";
import { TitleForm } from "./title-form";

const linkLook = "text-sm text-muted underline underline-offset-4 hover:text-ink";

/** The title of a section, and what can be done to the section itself. */
export function SectionHead(props: OutlineSectionProps) {
  const { section, isFirst, isLast } = props;
  const part = partName({ kind: "section", id: section.id });
  if (props.open === "rename") return <RenameForm {...props} />;
  return (
    <div className="flex items-start justify-between gap-x-3">
      <div className="flex min-w-0 flex-wrap items-baseline gap-x-4">
        <h3 className="text-xl leading-snug [overflow-wrap:anywhere]">{section.title}</h3>
        <Link
          id={renameOpener(section)}
          to={`?rename=${section.id}`}
          replace
          preventScrollReset
          aria-label={`Rename ${section.title}`}
          className={linkLook}
        >
          Rename
        </Link>
        {section.lessons.length === 0 && <RemoveForm {...props} />}
      </div>
      <div className="flex gap-x-1">
        <MoveButton part={part} title={section.title} direction="up" isAtEnd={isFirst} />
        <MoveButton part={part} title={section.title} direction="down" isAtEnd={isLast} />
      </div>
    </div>
  );
}

/** The id of the link that opens the form for another name. */
const renameOpener = ({ id }: OutlineSection) => `rename:${id}`;

function RemoveForm({ section, version, focusLater }: OutlineSectionProps) {
  return (
    <Form method="post" preventScrollReset>
      <input type="hidden" name="intent" value="remove-section" />
      <input type="hidden" name="version" value={version} />
      <input type="hidden" name="sectionId" value={section.id} />
      <StayHere />
      <button
        type="submit"
        aria-label={`Remove ${section.title}`}
        onClick={() => focusLater("outline-status")}
        className={`cursor-pointer ${linkLook}`}
      >
        Remove
      </button>
    </Form>
  );
}

function RenameForm({ section, version, lastResult, focusLater }: OutlineSectionProps) {
  const [seen] = useState({ title: section.title, version });
  const opener = renameOpener(section);
  const isAsSeen = section.title === seen.title || lastResult !== undefined;
  return (
    <TitleForm
      of="section"
      label={`New name of ${section.title}`}
      hidden={{
        intent: "rename-section",
        version: isAsSeen ? version : seen.version,
        sectionId: section.id,
      }}
      start={seen.title}
      lastResult={lastResult}
      now={section.title === seen.title ? undefined : section.title}
      submit={{ label: "Rename", busy: "Renaming…" }}
      onSubmit={() => focusLater(opener)}
      focusOn="open"
    >
      <Link
        to="?"
        replace
        preventScrollReset
        onClick={() => focusLater(opener)}
        className={buttonLook("secondary")}
      >
        Cancel
      </Link>
    </TitleForm>
  );
}
