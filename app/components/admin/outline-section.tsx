import type { SubmissionResult } from "@conform-to/react";
import { Form, Link } from "@remix-run/react";
import { useState } from "react";
import type { OutlineSection } from "~/features/courses/outline";
import { partName } from "~/features/courses/outline-url";
import { buttonLook } from "../button";
import { AddForm } from "./add-form";
import { MoveButton } from "./move-button";
import { OutlineLessonRow } from "./outline-lesson";
import { StayHere } from "./stay-here";
import { TitleForm } from "./title-form";
import type { DropPlace } from "./use-lesson-drag";

export interface OutlineSectionProps {
  courseId: string;
  version: number;
  section: OutlineSection;
  /** Whether there is none before it, none behind it. */
  isFirst: boolean;
  isLast: boolean;
  /** Which form stands open in it. */
  open: "rename" | "add" | null;
  /** An id for a lesson to be. */
  freshId: string;
  lastResult: SubmissionResult | undefined;
  dragged: string | null;
  place: DropPlace | null;
  canDrag: boolean;
  focusLater: (elementId: string) => void;
}

/** A section with its lessons, and all that can be done to them. */
export function OutlineSectionCard(props: OutlineSectionProps) {
  const { section, place, dragged, isFirst, isLast } = props;
  const part = partName({ kind: "section", id: section.id });
  const others = section.lessons.filter(({ id }) => id !== dragged);
  const markOf = (id: string) => {
    if (place?.sectionId !== section.id) return null;
    const index = others.findIndex((lesson) => lesson.id === id);
    if (index === place.index) return "above";
    return index === others.length - 1 && place.index === others.length ? "below" : null;
  };
  const lastIndex = section.lessons.length - 1;
  return (
    <li
      id={part}
      data-section={section.id}
      className="rounded-lg border border-line bg-surface px-4 py-4 sm:px-6"
    >
      <SectionHead {...props} part={part} />
      {section.lessons.length === 0 ? (
        <p
          className={`mt-3 text-muted ${place?.sectionId === section.id ? "shadow-[0_2px_0_var(--color-accent)]" : ""}`}
        >
          No lessons yet.
        </p>
      ) : (
        <ol aria-label={`Lessons of ${section.title}`} className="mt-3 divide-y divide-line">
          {section.lessons.map((lesson, index) => (
            <OutlineLessonRow
              key={lesson.id}
              courseId={props.courseId}
              lesson={lesson}
              isFirst={isFirst && index === 0}
              isLast={isLast && index === lastIndex}
              mark={markOf(lesson.id)}
              isDragged={lesson.id === dragged}
              canDrag={props.canDrag}
            />
          ))}
        </ol>
      )}
      <SectionFoot {...props} />
    </li>
  );
}

function SectionHead({ part, ...props }: OutlineSectionProps & { part: string }) {
  const { section, isFirst, isLast, focusLater } = props;
  if (props.open === "rename") return <RenameForm {...props} />;
  return (
    <div className="flex items-start justify-between gap-x-3">
      <div className="flex min-w-0 flex-wrap items-baseline gap-x-4">
        <h3 className="text-xl leading-snug [overflow-wrap:anywhere]">{section.title}</h3>
        <Link
          id={`rename:${section.id}`}
          to={`?rename=${section.id}`}
          replace
          preventScrollReset
          aria-label={`Rename ${section.title}`}
          className={linkLook}
        >
          Rename
        </Link>
        {section.lessons.length === 0 && (
          <Form method="post" preventScrollReset>
            <input type="hidden" name="intent" value="remove-section" />
            <input type="hidden" name="version" value={props.version} />
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
        )}
      </div>
      <div className="flex gap-x-1">
        <MoveButton part={part} title={section.title} direction="up" isAtEnd={isFirst} />
        <MoveButton part={part} title={section.title} direction="down" isAtEnd={isLast} />
      </div>
    </div>
  );
}

const linkLook = "text-sm text-muted underline underline-offset-4 hover:text-ink";

function RenameForm({ section, version, lastResult, focusLater }: OutlineSectionProps) {
  const [seen] = useState({ title: section.title, version });
  const opener = `rename:${section.id}`;
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

function SectionFoot({ section, open, freshId, lastResult, focusLater }: OutlineSectionProps) {
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
