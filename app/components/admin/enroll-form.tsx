import { getFormProps, type SubmissionResult, useForm } from "@conform-to/react";
import { Form, useNavigation } from "@remix-run/react";
import { enrollFormSchema } from "~/features/learning/enroll-form";
import { Button } from "../button";
import { TextField } from "../form-fields";
import { validateWith } from "../validate-with";

/** Lets somebody into the course whom their e-mail address or id names. */
export function EnrollForm({ lastResult }: { lastResult: SubmissionResult | undefined }) {
  const [form, { who }] = useForm({
    id: "enroll",
    lastResult,
    shouldRevalidate: "onInput",
    onValidate: validateWith(enrollFormSchema),
  });
  const busy = useNavigation().formData?.get("intent") === "enroll";
  return (
    <Form
      method="post"
      preventScrollReset
      {...getFormProps(form)}
      className="grid max-w-xl justify-items-start gap-4"
    >
      <input type="hidden" name="intent" value="enroll" />
      <div className="w-full">
        <TextField
          field={who}
          label="E-mail address or id"
          hint="They must have an account here. What the course costs is not asked of them."
          spellCheck={false}
        />
      </div>
      <Button busy={busy} busyText="Enrolling…">
        Enrol
      </Button>
    </Form>
  );
}
