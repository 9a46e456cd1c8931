import { getCollectionProps } from "@conform-to/react";
import { covers } from "~/db/enums";
import { coverUrl } from "~/features/courses/components/course-cover";
import { coverSize } from "~/features/courses/cover-size";
import { labelClass } from "~/ui/field-classes";
import { describedBy, FieldMessages, type FormField } from "~/ui/form-fields";
import { useFocusIfInvalid } from "~/ui/validated-form";

export function CoverField({ field, current }: { field: FormField; current?: string | undefined }) {
  const options = [...covers];
  const focus = useFocusIfInvalid(field);
  const choices = getCollectionProps(field, {
    type: "radio",
    options,
    ...describedBy({ field, current }),
  });
  return (
    <fieldset className="grid gap-1.5">
      <legend className={`${labelClass} mb-1.5`}>Cover</legend>
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        {choices.map(({ key, ...choice }, index) => (
          <label
            key={key}
            className="grid cursor-pointer gap-1.5 rounded-md border border-line bg-surface p-2 text-sm transition-colors hover:border-ink has-checked:border-accent has-checked:ring-1 has-checked:ring-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-3 has-focus-visible:outline-accent"
          >
            <img
              src={coverUrl(covers[index] ?? covers[0])}
              alt=""
              {...coverSize}
              className="h-auto w-full rounded-sm bg-line"
            />
            <span className="flex items-center gap-2">
              <input {...choice} {...(index === 0 && focus)} className="accent-accent" />
              {choice.value}
            </span>
          </label>
        ))}
      </div>
      <FieldMessages field={field} current={current} />
    </fieldset>
  );
}
