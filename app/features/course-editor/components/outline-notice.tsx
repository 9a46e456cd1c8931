import { Notice } from "~/ui/notice";
import type { OutlineRefusal } from "../outline-actions.server";

/** Why the outline was not changed. */
export function OutlineNotice({ refusal }: { refusal: OutlineRefusal }) {
  switch (refusal.kind) {
    case "invalid":
      return null;
    case "not-empty":
      return (
        <Notice tone="bad">
          Only an empty section can be removed. Move its lessons elsewhere first.
        </Notice>
      );
    case "changed-meanwhile":
      return (
        <Notice tone="bad">
          {refusal.intent === "add-lesson"
            ? `“${refusal.lastResult.initialValue?.title ?? ""}” was not added: somebody removed the section meanwhile.`
            : "Somebody changed this course meanwhile, so your change was not made. This is how it is now."}
        </Notice>
      );
  }
}
