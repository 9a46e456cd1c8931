import { Notice } from "~/ui/notice";
import type { OutlineFailure } from "../outline-actions.server";

/** Why the outline was not changed. */
export function OutlineNotice({ failure }: { failure: OutlineFailure }) {
  switch (failure.kind) {
    case "invalid":
      return null;
    case "not-empty":
      return (
        <Notice tone="danger">
          Only an empty section can be removed. Move its lessons elsewhere first.
        </Notice>
      );
    case "conflict":
      return (
        <Notice tone="danger">
          {failure.intent === "add-lesson"
            ? `“${failure.lastResult.initialValue?.title ?? ""}” was not added: somebody removed the section meanwhile.`
            : "Somebody changed this course meanwhile, so your change was not made. This is how it is now."}
        </Notice>
      );
  }
}
