import { useEffect, useRef } from "react";
import { inputClass } from "./field-classes";
import { Field } from "./filter-fields";

interface SearchFieldProps {
  label: string;
  name: string;
  value: string;
  placeholder?: string;
}

/** Follows the value in the URL without losing focus, or what was typed before hydration. */
export function SearchField({ label, name, value, placeholder }: SearchFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const shown = useRef(value);
  useEffect(() => {
    if (input.current && shown.current !== value) input.current.value = value;
    shown.current = value;
  }, [value]);
  return (
    <Field label={label} className="grow basis-56">
      <input
        ref={input}
        type="search"
        name={name}
        defaultValue={value}
        placeholder={placeholder}
        maxLength={400}
        autoComplete="off"
        spellCheck={false}
        className={`${inputClass} h-[2.625rem]`}
      />
    </Field>
  );
}
