import type { ReactNode } from "react";
import { inputClass } from "./field-classes";

export function Field({
  label,
  className = "",
  children,
}: {
  label: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label className={`grid gap-1 text-sm text-muted ${className}`}>
      {label}
      <span className="text-ink">{children}</span>
    </label>
  );
}

interface SelectProps {
  label: string;
  name: string;
  value: string | null;
  options: readonly (readonly [value: string, label: string])[];
  emptyLabel?: string;
}

/** Resets when the value in the URL changes. */
export function SelectField({ label, name, value, options, emptyLabel }: SelectProps) {
  return (
    <Field label={label} className="max-sm:grow">
      <select
        key={value}
        name={name}
        defaultValue={value ?? ""}
        className={`${inputClass} h-[2.625rem] min-w-32`}
      >
        {emptyLabel && <option value="">{emptyLabel}</option>}
        {options.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
    </Field>
  );
}

/** A day in UTC. Resets when the value in the URL changes. */
export function DateField({ label, name, value }: Pick<SelectProps, "label" | "name" | "value">) {
  return (
    <Field label={label} className="max-sm:grow">
      <input
        key={value}
        type="date"
        name={name}
        defaultValue={value ?? ""}
        className={`${inputClass} h-[2.625rem]`}
      />
    </Field>
  );
}
