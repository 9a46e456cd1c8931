import { useSearchParams } from "@remix-run/react";
import { partName, positionMessage, statusMessage } from "../outline-urls";
import { AddToOutlineForm } from "./add-to-outline-form";
import { MovesForm } from "./moves-form";
import { type OutlineEditorProps, resultForIntent } from "./outline-editor-props";
import { OutlineSectionList } from "./outline-section-list";
import { OutlineStatus } from "./outline-status";
import { useDeferredFocus } from "./use-deferred-focus";
import { useReorder } from "./use-reorder";

/** Works without JavaScript; JavaScript adds optimistic reordering and dragging. */
export function OutlineEditor(props: OutlineEditorProps) {
  const { version } = props.course;
  const { outline, moved, applyMove, deferSubmit } = useReorder({ ...props, version });
  const deferFocus = useDeferredFocus();
  const [params] = useSearchParams();
  const statusText = props.failure ? "" : statusMessage(props.outline, params);
  return (
    <>
      <OutlineStatus
        outline={outline}
        message={moved ? positionMessage(outline, partName(moved)) : statusText}
        isSaving={moved !== null}
      />
      <MovesForm
        version={version}
        onMove={(step, buttonId) => applyMove(step) && deferFocus(buttonId)}
      />
      <div onSubmitCapture={deferSubmit}>
        {outline.length > 0 && (
          <OutlineSectionList
            {...props}
            outline={outline}
            applyMove={applyMove}
            deferFocus={deferFocus}
          />
        )}
        <div className="mt-6 max-w-2xl">
          <AddToOutlineForm
            kind="section"
            hidden={{}}
            newId={props.newIds.section}
            lastResult={resultForIntent(props.failure, "add-section")}
          />
        </div>
      </div>
    </>
  );
}
