import { Form, Link } from "@remix-run/react";
import { useState } from "react";
import type { OutlineSection } from "~/features/courses/outline";
import { buttonClass } from "~/ui/button";
import { partName } from "../outline-urls";
import { KeepScroll } from "./keep-scroll";
import { MoveButton } from "./move-button";
import type { OutlineSectionProps } from "./outline-editor-props";
import { TitleForm } from "./title-form";

const linkClass = "py-1 text-sm text-muted underline underline-offset-4 hover:text-ink";

export function OutlineSectionHeader(props: OutlineSectionProps) {
  const { section, isFirst, isLast } = props;
  const part = partName({ kind: "section", id: section.id });
  if (props.open === "rename") return <RenameForm {...props} />;
  return (
    <div className="flex items-start justify-between gap-x-3">
      <div className="flex min-w-0 flex-wrap items-baseline gap-x-4">
        <h3 className="text-xl leading-snug [overflow-wrap:anywhere]">{section.title}</h3>
        <Link
          id={renameTriggerId(section)}
          to={`?rename=${section.id}`}
          replace
          preventScrollReset
          aria-label={`Rename ${section.title}`}
          className={linkClass}
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

const renameTriggerId = ({ id }: OutlineSection) => `rename:${id}`;

function RemoveForm({ section, version, deferFocus }: OutlineSectionProps) {
  return (
    <Form method="post" preventScrollReset>
      <input type="hidden" name="intent" value="remove-section" />
      <input type="hidden" name="version" value={version} />
      <input type="hidden" name="sectionId" value={section.id} />
      <KeepScroll />
      <button
        type="submit"
        aria-label={`Remove ${section.title}`}
        onClick={() => deferFocus("outline-status")}
        className={`cursor-pointer ${linkClass}`}
      >
        Remove
      </button>
    </Form>
  );
}

function RenameForm({ section, version, lastResult, deferFocus }: OutlineSectionProps) {
  const [initial] = useState({ title: section.title, version });
  const triggerId = renameTriggerId(section);
  const isUnchanged = section.title === initial.title || lastResult !== undefined;
  return (
    <TitleForm
      kind="section"
      label={`New name for ${section.title}`}
      hidden={{
        intent: "rename-section",
        version: isUnchanged ? version : initial.version,
        sectionId: section.id,
      }}
      initialTitle={initial.title}
      lastResult={lastResult}
      current={section.title === initial.title ? undefined : section.title}
      submit={{ label: "Rename", busy: "Renaming…" }}
      onSubmit={() => deferFocus(triggerId)}
      focusKey="open"
    >
      <Link
        to="?"
        replace
        preventScrollReset
        onClick={() => deferFocus(triggerId)}
        className={buttonClass("secondary")}
      >
        Cancel
      </Link>
    </TitleForm>
  );
}
