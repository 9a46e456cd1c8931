import {
  type FieldMetadata,
  getInputProps,
  getSelectProps,
  getTextareaProps,
} from "@conform-to/react";
import type { ComponentProps, ReactNode } from "react";
import { inputClass, labelClass } from "./field-classes";
import { useFocusIfInvalid } from "./validated-form";

export type FormField = FieldMetadata<unknown>;

interface FrameProps {
  field: FormField;
  label: string;
  hint?: ReactNode;
  isOptional?: boolean;
  /** The saved value, if someone else changed it during editing. */
  current?: string | undefined;
}

const textInputClass = `${inputClass} aria-invalid:border-danger`;
const hintId = ({ descriptionId }: FormField) => descriptionId;
const currentValueId = ({ id }: FormField) => `${id}-current`;

export function describedBy({
  field,
  hint,
  current,
}: Pick<FrameProps, "field" | "hint" | "current">) {
  const ids = [hint && hintId(field), current !== undefined && currentValueId(field)].filter(
    (id) => id,
  );
  return ids.length > 0 ? { ariaDescribedBy: ids.join(" ") } : {};
}

export function TextField({
  type = "text",
  inputMode,
  list,
  placeholder,
  spellCheck,
  onInput,
  ...frame
}: FrameProps &
  Pick<ComponentProps<"input">, "inputMode" | "list" | "placeholder" | "spellCheck" | "onInput"> & {
    type?: "text" | "url";
  }) {
  return (
    <FieldFrame {...frame}>
      <input
        {...getInputProps(frame.field, { type, ...describedBy(frame) })}
        {...useFocusIfInvalid(frame.field)}
        {...{ inputMode, list, placeholder, spellCheck, onInput }}
        required={!frame.isOptional}
        autoComplete="off"
        className={textInputClass}
      />
    </FieldFrame>
  );
}

export function TextArea({ rows, ...frame }: FrameProps & { rows: number }) {
  return (
    <FieldFrame {...frame}>
      <textarea
        {...getTextareaProps(frame.field, describedBy(frame))}
        {...useFocusIfInvalid(frame.field)}
        required={!frame.isOptional}
        rows={rows}
        className={textInputClass}
      />
    </FieldFrame>
  );
}

export function ChoiceField({
  options,
  ...frame
}: FrameProps & { options: readonly (readonly [value: string, label: string])[] }) {
  return (
    <FieldFrame {...frame}>
      <select
        {...getSelectProps(frame.field, describedBy(frame))}
        {...useFocusIfInvalid(frame.field)}
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

/** Longer texts may scroll, so they must be focusable. */
const maxUnscrolledLength = 300;

export function FieldMessages({ field, current }: Pick<FrameProps, "field" | "current">) {
  return (
    <>
      {field.errors && (
        <p id={field.errorId} className="text-sm text-danger">
          {field.errors.join(" ")}
        </p>
      )}
      {current !== undefined && (
        <div id={currentValueId(field)} className="border-l-2 border-danger pl-3 text-sm">
          <p className="text-muted">Current value:</p>
          <p
            {...(current.length > maxUnscrolledLength && { tabIndex: 0 })}
            className="max-h-60 overflow-auto whitespace-pre-wrap [overflow-wrap:anywhere]"
          >
            {current || "Empty"}
          </p>
        </div>
      )}
    </>
  );
}
