import { getFormProps, type SubmissionResult, useForm } from "@conform-to/react";
import { Form, useNavigation } from "@remix-run/react";
import { Button } from "~/ui/button";
import { TextField } from "~/ui/form-fields";
import { clientValidator } from "~/ui/validate-form";
import { addCourseFormSchema } from "../enrollment-schema";

interface AddCourseFormProps {
  /** Any other course can be typed. */
  suggestions: readonly { slug: string; title: string }[];
  lastResult: SubmissionResult | undefined;
}

const suggestionsId = "course-suggestions";

export function AddCourseForm({ suggestions, lastResult }: AddCourseFormProps) {
  const [form, { course }] = useForm({
    id: "add-course",
    lastResult,
    shouldRevalidate: "onInput",
    onValidate: clientValidator(addCourseFormSchema),
  });
  const busy = useNavigation().formData?.get("intent") === "add-course";
  return (
    <Form
      method="post"
      preventScrollReset
      {...getFormProps(form)}
      className="mt-8 grid max-w-xl justify-items-start gap-4"
    >
      <input type="hidden" name="intent" value="add-course" />
      <div className="w-full">
        <TextField
          field={course}
          label="Add to a course"
          hint="Its title or URL slug. They won't be charged."
          list={suggestionsId}
          spellCheck={false}
        />
        <datalist id={suggestionsId}>
          {suggestions.map(({ slug, title }) => (
            <option key={slug} value={slug}>
              {title}
            </option>
          ))}
        </datalist>
      </div>
      <Button busy={busy} busyText="Adding…">
        Add to course
      </Button>
    </Form>
  );
}
