import { type SubmissionResult, useForm } from "@conform-to/react";
import { useNavigation } from "@remix-run/react";
import { Button } from "~/ui/button";
import { FormErrorSummary } from "~/ui/form-error-summary";
import { clientValidator } from "~/ui/validate-form";
import { ValidatedForm } from "~/ui/validated-form";
import { courseFormSchema, type toCourseForm } from "../course-schema";
import { CourseFields } from "./course-fields";

interface CourseFormProps {
  initialValues: Partial<ReturnType<typeof toCourseForm>>;
  lastResult: SubmissionResult | undefined;
  hidden: Record<string, string | number>;
  current?: Record<string, string>;
  submit: { label: string; busy: string };
}

/** Validated by the same schema in the browser and in the worker; works without JavaScript. */
export function CourseForm({
  initialValues,
  lastResult,
  hidden,
  current = {},
  submit,
}: CourseFormProps) {
  const [form, fields] = useForm({
    id: "course",
    lastResult,
    defaultValue: initialValues,
    shouldRevalidate: "onInput",
    onValidate: clientValidator(courseFormSchema),
  });
  const busy = useNavigation().formData?.has("title");
  return (
    <ValidatedForm form={form} className="grid grid-cols-1 gap-7">
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <FormErrorSummary lastResult={lastResult} />
      <CourseFields fields={fields} isNew={"id" in hidden} current={current} />
      <p>
        <Button busy={busy} busyText={submit.busy}>
          {submit.label}
        </Button>
      </p>
    </ValidatedForm>
  );
}
