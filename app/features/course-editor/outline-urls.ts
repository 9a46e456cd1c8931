import type { Outline } from "~/features/courses/outline";
import type { OutlineForm } from "./outline-schema";

export interface OutlinePart {
  kind: "section" | "lesson";
  id: string;
}

/** `lesson:<id>` or `section:<id>`, used in URLs and as element ids. */
export const partName = ({ kind, id }: OutlinePart) => `${kind}:${id}`;

/** A form field: the page keeps its scroll position, so the redirect needs no fragment. */
export const keepScrollField = "stay";

/** The redirect after a change, with search params for the status message. */
export function urlAfterChange(courseId: string, form: OutlineForm, keepsScroll: boolean): string {
  const url = (params: Record<string, string>, part?: OutlinePart) => {
    const path = `/admin/courses/${courseId}/outline?${new URLSearchParams(params)}`;
    return part && !keepsScroll ? `${path}#${partName(part)}` : path;
  };
  switch (form.intent) {
    case "add-section": {
      const part = { kind: "section", id: form.id } as const;
      return url({ added: partName(part) }, part);
    }
    case "rename-section":
      return url({ renamed: form.sectionId }, { kind: "section", id: form.sectionId });
    case "remove-section":
      return url({ removed: form.sectionId });
    case "add-lesson": {
      const part = { kind: "lesson", id: form.id } as const;
      return url({ add: form.sectionId, added: partName(part) }, part);
    }
    case "move":
      return url({ moved: partName(form.move) }, form.move);
    case "place-lesson": {
      const part = { kind: "lesson", id: form.lessonId } as const;
      return url({ moved: partName(part) }, part);
    }
  }
}

/** The message for the last change according to the URL, or empty. */
export function statusMessage(outline: Outline, params: URLSearchParams): string {
  const added = params.get("added");
  const moved = params.get("moved");
  if (added) {
    const title = partTitle(outline, added);
    return title === null ? "" : `${title} was added.`;
  }
  if (moved) return positionMessage(outline, moved);
  if (params.has("renamed")) return "Section renamed.";
  return params.has("removed") ? "Section removed." : "";
}

function partTitle(outline: Outline, part: string): string | null {
  const parts = outline.flatMap((section) => [
    { title: section.title, name: partName({ kind: "section", id: section.id }) },
    ...section.lessons.map(({ id, title }) => ({ title, name: partName({ kind: "lesson", id }) })),
  ]);
  return parts.find(({ name }) => name === part)?.title ?? null;
}

/** "Joins is now 2 of 5 in Basics.", or empty if the part does not exist. */
export function positionMessage(outline: Outline, part: string): string {
  const section = outline.findIndex(({ id }) => partName({ kind: "section", id }) === part);
  const title = partTitle(outline, part);
  if (title === null) return "";
  if (section !== -1) return `${title} is now section ${section + 1} of ${outline.length}.`;
  for (const { title: sectionTitle, lessons } of outline) {
    const index = lessons.findIndex(({ id }) => partName({ kind: "lesson", id }) === part);
    if (index !== -1) {
      return `${title} is now ${index + 1} of ${lessons.length} in ${sectionTitle}.`;
    }
  }
  return "";
}
