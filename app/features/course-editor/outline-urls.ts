import type { Outline } from "~/features/courses/outline";
import type { OutlineForm } from "./outline-schema";

/** A section or a lesson, as buttons and URLs name it: `lesson:<id>`. */
export interface OutlinePart {
  kind: "section" | "lesson";
  id: string;
}

/** The name of a part in URLs; also the id of its element, so that a URL can lead to it. */
export const partName = ({ kind, id }: OutlinePart) => `${kind}:${id}`;

/** A field by which a form says that the page behind it stays where it is: then nothing has to lead to what has changed. */
export const keepScrollField = "stay";

/** The page that shows what a form has changed, and where. */
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

/** What has become of the outline, as a URL says it; empty where it says nothing. */
export function statusMessage(outline: Outline, params: URLSearchParams): string {
  const added = params.get("added");
  const moved = params.get("moved");
  if (added) {
    const title = partTitle(outline, added);
    return title === null ? "" : `${title} was added.`;
  }
  if (moved) return positionMessage(outline, moved);
  if (params.has("renamed")) return "The section has its new name.";
  return params.has("removed") ? "The section was removed." : "";
}

function partTitle(outline: Outline, part: string): string | null {
  const parts = outline.flatMap((section) => [
    { title: section.title, name: partName({ kind: "section", id: section.id }) },
    ...section.lessons.map(({ id, title }) => ({ title, name: partName({ kind: "lesson", id }) })),
  ]);
  return parts.find(({ name }) => name === part)?.title ?? null;
}

/** Where a part stands: "Joins is now 2 of 5 in Basics." Empty where it is not there. */
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
