import {
  type FieldMetadata,
  getInputProps,
  getSelectProps,
  getTextareaProps,
} from "@conform-to/react";
import type { ComponentProps, ReactNode } from "react";
import { inputClass } from "./filter-fields";

/** Any field of a form, as `useForm` gives it. */
export type FormField = FieldMetadata<unknown>;

interface FrameProps {
  field: FormField;
  label: string;
  /** What to write there; read along with the label. */
  hint?: ReactNode;
  isOptional?: boolean;
  /** What stands there now, where somebody else changed it while this was typed. */
  current?: string | undefined;
}

const textInputClass = `${inputClass} aria-invalid:border-danger`;
const hintId = ({ descriptionId }: FormField) => descriptionId;
const nowId = ({ id }: FormField) => `${id}-now`;

/** The ids of all that explains a field. */
export function describedBy({
  field,
  hint,
  current,
}: Pick<FrameProps, "field" | "hint" | "current">) {
  const ids = [hint && hintId(field), current !== undefined && nowId(field)].filter((id) => id);
  return ids.length > 0 ? { ariaDescribedBy: ids.join(" ") } : {};
}

/** One line of text. */
export function TextField({
  type = "text",
  inputMode,
  placeholder,
  spellCheck,
  onInput,
  ...frame
}: FrameProps &
  Pick<ComponentProps<"input">, "inputMode" | "placeholder" | "spellCheck" | "onInput"> & {
    type?: "text" | "url";
  }) {
  return (
    <FieldFrame {...frame}>
      <input
        {...getInputProps(frame.field, { type, ...describedBy(frame) })}
        {...{ inputMode, placeholder, spellCheck, onInput }}
        required={!frame.isOptional}
        autoComplete="off"
        className={textInputClass}
      />
    </FieldFrame>
  );
}

/** Several lines of text. */
export function TextArea({ rows, ...frame }: FrameProps & { rows: number }) {
  return (
    <FieldFrame {...frame}>
      <textarea
        {...getTextareaProps(frame.field, describedBy(frame))}
        required={!frame.isOptional}
        rows={rows}
        className={textInputClass}
      />
    </FieldFrame>
  );
}

/** One of a few. */
export function ChoiceField({
  options,
  ...frame
}: FrameProps & { options: readonly (readonly [value: string, label: string])[] }) {
  return (
    <FieldFrame {...frame}>
      <select
        {...getSelectProps(frame.field, describedBy(frame))}
        className={`${textInputClass} h-[2.625rem]`}
      >
        {options.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}

/** The label above a control, what is wrong with what was typed below it. */
function FieldFrame({ children, ...frame }: FrameProps & { children: ReactNode }) {
  return (
    <div className="grid content-start gap-1.5">
      <label htmlFor={frame.field.id} className={labelClass}>
        {frame.label}
        {frame.isOptional && <Optional />}
      </label>
      <FieldHint {...frame} />
      {children}
      <FieldMessages {...frame} />
    </div>
  );
}

export const labelClass = "text-[0.9375rem] font-medium";

export function Optional() {
  return <span className="font-normal text-muted"> (optional)</span>;
}

export function FieldHint({ field, hint }: Pick<FrameProps, "field" | "hint">) {
  if (!hint) return null;
  return (
    <p id={hintId(field)} className="text-sm text-muted">
      {hint}
    </p>
  );
}

/** From so many characters on a text may scroll in its box, which the keyboard has to reach. */
const longText = 300;

/** What is wrong with a field, and what stands there now. */
export function FieldMessages({ field, current }: Pick<FrameProps, "field" | "current">) {
  return (
    <>
      {field.errors && (
        <p id={field.errorId} className="text-sm text-danger">
          {field.errors.join(" ")}
        </p>
      )}
      {current !== undefined && (
        <div id={nowId(field)} className="border-l-2 border-danger pl-3 text-sm">
          <p className="text-muted">Saved meanwhile:</p>
          <p
            {...(current.length > longText && { tabIndex: 0 })}
            className="max-h-60 overflow-auto whitespace-pre-wrap [overflow-wrap:anywhere]"
          >
            {current || "Nothing"}
          </p>
        </div>
      )}
    </>
  );
}
