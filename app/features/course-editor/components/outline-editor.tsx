import { useSearchParams } from "@remix-run/react";
import { partName, placeOf, tidingOf } from "../outline-urls";
import { AddForm } from "./add-to-outline-form";
import { MovesForm } from "./moves-form";
import { type OutlineEditorProps, resultOf } from "./outline-editor-props";
import { OutlineSections } from "./outline-section-list";
import { OutlineStatus } from "./outline-status";
import { useFocusLater } from "./use-deferred-focus";
import { useReorder } from "./use-reorder";

/** The sections and lessons of a course in their order. All of it works by plain posts; scripts make it quicker. */
export function OutlineEditor(props: OutlineEditorProps) {
  const { version } = props.course;
  const { outline, moved, take, holdForm } = useReorder({ ...props, version });
  const focusLater = useFocusLater();
  const [params] = useSearchParams();
  const told = props.refusal ? "" : tidingOf(props.outline, params);
  return (
    <>
      <OutlineStatus
        outline={outline}
        tiding={moved ? placeOf(outline, partName(moved)) : told}
        isSaving={moved !== null}
      />
      <MovesForm
        version={version}
        onMove={(step, buttonId) => take(step) && focusLater(buttonId)}
      />
      <div onSubmitCapture={holdForm}>
        {outline.length > 0 && (
          <OutlineSections {...props} outline={outline} take={take} focusLater={focusLater} />
        )}
        <div className="mt-6 max-w-2xl">
          <AddForm
            of="section"
            hidden={{}}
            freshId={props.freshIds.section}
            lastResult={resultOf(props.refusal, "add-section")}
          />
        </div>
      </div>
    </>
  );
}
