import type { FieldMetadata } from "@conform-to/react";
import { type SyntheticEvent, useRef } from "react";
import { currencies } from "~/db/enums";
import { ChoiceField, type FormField, TextArea, TextField } from "~/ui/form-fields";
import { slugOf } from "../slug";
import { CoverField } from "./cover-field";
import { MarkdownField } from "./markdown-field";

type Name = "title" | "slug" | "summary" | "description" | "cover" | "currency" | "price";

interface CourseFieldsProps {
  fields: Record<Name, FormField>;
  /** Whether the address follows the title for as long as nobody writes one. */
  isNew: boolean;
  /** What stands now in fields that somebody else changed. */
  now: Record<string, string>;
}

const currencyOptions = currencies.map((currency) => [currency, currency] as const);

/** All that a course says of itself. */
export function CourseFields({ fields, isNew, now }: CourseFieldsProps) {
  const followTitle = useFollowingSlug(fields.slug);
  return (
    <>
      <TextField
        field={fields.title}
        label="Title"
        now={now.title}
        {...(isNew && { onInput: followTitle })}
      />
      <TextField
        field={fields.slug}
        label="Address"
        hint="The course is at /courses/… followed by this: small letters, digits and hyphens."
        spellCheck={false}
        now={now.slug}
      />
      <TextArea
        field={fields.summary}
        label="Summary"
        hint="A sentence for the catalogue."
        rows={2}
        now={now.summary}
      />
      <MarkdownField
        field={fields.description}
        label="Description"
        rows={12}
        now={now.description}
      />
      <CoverField field={fields.cover} now={now.cover} />
      <PriceFields fields={fields} now={now} />
    </>
  );
}

function PriceFields({ fields, now }: Pick<CourseFieldsProps, "fields" | "now">) {
  return (
    <div className="grid gap-6 sm:grid-cols-2">
      <TextField
        field={fields.price}
        label="Price"
        hint="As 29.00; 0 is free."
        inputMode="decimal"
        now={now.price}
      />
      <ChoiceField
        field={fields.currency}
        label="Currency"
        hint="In which it is sold."
        options={currencyOptions}
        now={now.currency}
      />
    </div>
  );
}

/** Writes the address that a title makes, until somebody writes another one. */
function useFollowingSlug(slug: FieldMetadata<unknown>) {
  const made = useRef("");
  return ({ currentTarget }: SyntheticEvent<HTMLInputElement>) => {
    const input = document.getElementById(slug.id);
    if (!(input instanceof HTMLInputElement) || input.value !== made.current) return;
    made.current = slugOf(currentTarget.value);
    input.value = made.current;
  };
}
