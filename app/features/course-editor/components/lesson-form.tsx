import { type SubmissionResult, useForm } from "@conform-to/react";
import { useNavigation } from "@remix-run/react";
import type { ReactNode } from "react";
import type { LessonStatus } from "~/db/enums";
import { Button } from "~/ui/button";
import { FormErrorSummary } from "~/ui/form-error-summary";
import { ChoiceField, type FormField, TextField } from "~/ui/form-fields";
import { clientValidator } from "~/ui/validate-form";
import { ValidatedForm } from "~/ui/validated-form";
import { lessonFormSchema, type toLessonForm } from "../lesson-schema";
import { MarkdownField } from "./markdown-field";

interface LessonFormProps {
  initialValues: ReturnType<typeof toLessonForm>;
  lastResult: SubmissionResult | undefined;
  version: number;
  current: Record<string, string>;
  children: ReactNode;
}

const statusOptions: readonly (readonly [LessonStatus, string])[] = [
  ["private", "Hidden: only admins"],
  ["preview", "Preview: everyone"],
  ["public", "Enrolled: enrolled learners"],
];

/** Validated by the same schema in the browser and in the worker; works without JavaScript. */
export function LessonForm({
  initialValues,
  lastResult,
  version,
  current,
  children,
}: LessonFormProps) {
  const [form, fields] = useForm({
    id: "lesson",
    lastResult,
    defaultValue: initialValues,
    shouldRevalidate: "onInput",
    onValidate: clientValidator(lessonFormSchema),
  });
  const busy = useNavigation().formData?.has("body");
  return (
    <ValidatedForm form={form} className="grid grid-cols-1 gap-7">
      <input type="hidden" name="version" value={version} />
      <FormErrorSummary lastResult={lastResult} />
      <LessonFields fields={fields} current={current} />
      <div className="flex flex-wrap gap-3">
        <Button busy={busy} busyText="Saving…">
          Save lesson
        </Button>
        {children}
      </div>
    </ValidatedForm>
  );
}

interface LessonFieldsProps {
  fields: Record<keyof ReturnType<typeof toLessonForm>, FormField>;
  current: Record<string, string>;
}

function LessonFields({ fields, current }: LessonFieldsProps) {
  return (
    <>
      <TextField field={fields.title} label="Title" current={current.title} />
      <MarkdownField field={fields.body} label="Text" rows={20} current={current.body} />
      <TextField
        field={fields.videoUrl}
        label="Video"
        type="url"
        hint="YouTube and Vimeo videos are embedded; other URLs are shown as links."
        isOptional
        spellCheck={false}
        placeholder="https://"
        current={current.videoUrl}
      />
      <div className="grid gap-6 sm:grid-cols-2">
        <TextField
          field={fields.durationMinutes}
          label="Minutes"
          hint="Estimated time to complete."
          inputMode="numeric"
          current={current.durationMinutes}
        />
        <ChoiceField
          field={fields.status}
          label="Visible to"
          hint="Applies once the course is published."
          options={statusOptions}
          current={current.status}
        />
      </div>
    </>
  );
}
