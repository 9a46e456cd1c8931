import { currencies } from "~/db/enums";
import { ChoiceField, type FormField, TextArea, TextField } from "~/ui/form-fields";
import { CoverField } from "./cover-field";
import { MarkdownField } from "./markdown-field";
import { useSlugFromTitle } from "./use-slug-from-title";

type Name = "title" | "slug" | "summary" | "description" | "cover" | "currency" | "price";

interface CourseFieldsProps {
  fields: Record<Name, FormField>;
  /** Whether the slug is generated from the title until the admin edits it. */
  isNew: boolean;
  current: Record<string, string>;
}

const currencyOptions = currencies.map((currency) => [currency, currency] as const);

export function CourseFields({ fields, isNew, current }: CourseFieldsProps) {
  const updateSlug = useSlugFromTitle({
    titleId: fields.title.id,
    slugId: fields.slug.id,
    isEnabled: isNew,
  });
  return (
    <>
      <TextField field={fields.title} label="Title" current={current.title} onInput={updateSlug} />
      <TextField
        field={fields.slug}
        label="URL slug"
        hint="The last part of the course URL. Use lowercase letters, digits and hyphens."
        spellCheck={false}
        current={current.slug}
      />
      <TextArea
        field={fields.summary}
        label="Summary"
        hint="One sentence for the course catalog."
        rows={2}
        current={current.summary}
      />
      <MarkdownField
        field={fields.description}
        label="Description"
        rows={12}
        current={current.description}
      />
      <CoverField field={fields.cover} current={current.cover} />
      <PriceFields fields={fields} current={current} />
    </>
  );
}

function PriceFields({ fields, current }: Pick<CourseFieldsProps, "fields" | "current">) {
  return (
    <div className="grid gap-6 sm:grid-cols-2">
      <TextField
        field={fields.price}
        label="Price"
        hint="For example 29.00. Enter 0 for a free course."
        inputMode="decimal"
        current={current.price}
      />
      <ChoiceField
        field={fields.currency}
        label="Currency"
        hint="The currency that learners pay in."
        options={currencyOptions}
        current={current.currency}
      />
    </div>
  );
}
