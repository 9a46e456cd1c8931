import { useEffect, useRef } from "react";
import { inputClass } from "./field-classes";
import { Field } from "./filter-fields";

interface SearchFieldProps {
  label: string;
  name: string;
  value: string;
  placeholder?: string;
}

/** Follows the value in the URL without losing focus. */
export function SearchField({ label, name, value, placeholder }: SearchFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (input.current) input.current.value = value;
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
