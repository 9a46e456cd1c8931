import { useId } from "react";
import type { KeptForm as Form, KeptField } from "~/http/kept-form";
import { Button, buttonClass } from "~/ui/button";
import { inputClass, labelClass } from "~/ui/field-classes";

/** Submits the same form again. Signing in opens another tab, because this page has the text. */
export function KeptForm({ form: { action, fields, signInUrl } }: { form: Form }) {
  return (
    <form id="kept" method="post" action={action} className="mt-10 grid max-w-2xl gap-6">
      {fields.map((field, index) => (
        <Field key={index} {...field} />
      ))}
      <p className="flex flex-wrap gap-3">
        {signInUrl && (
          <a href={signInUrl} target="_blank" rel="noreferrer" className={buttonClass("secondary")}>
            Sign in (new tab)
          </a>
        )}
        <Button>Send again</Button>
      </p>
    </form>
  );
}

function Field({ name, value, isHidden }: KeptField) {
  const id = useId();
  if (isHidden) return <input type="hidden" name={name} defaultValue={value} />;
  const isLong = value.length > 80 || value.includes("\n");
  const props = { id, name, defaultValue: value, className: inputClass };
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className={labelClass}>
        {labelOf(name)}
      </label>
      {isLong ? <textarea rows={12} {...props} /> : <input {...props} />}
    </div>
  );
}

/** "videoUrl" becomes "Video url". */
const labelOf = (name: string) =>
  name.charAt(0).toUpperCase() +
  name.slice(1).replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
