import { type SubmissionResult, useForm } from "@conform-to/react";
import { useNavigation } from "@remix-run/react";
import { Button } from "~/ui/button";
import { TextArea } from "~/ui/form-fields";
import { clientValidator } from "~/ui/validate-form";
import { ValidatedForm } from "~/ui/validated-form";
import { enrollFormSchema } from "../enrollment-schema";

export function EnrollForm({ lastResult }: { lastResult: SubmissionResult | undefined }) {
  const [form, { who }] = useForm({
    id: "enroll",
    lastResult,
    shouldRevalidate: "onInput",
    onValidate: clientValidator(enrollFormSchema),
  });
  const busy = useNavigation().formData?.get("intent") === "enroll";
  return (
    <ValidatedForm form={form} className="grid max-w-xl justify-items-start gap-4">
      <input type="hidden" name="intent" value="enroll" />
      <div className="w-full">
        <TextArea
          field={who}
          label="Email addresses or IDs"
          hint="One or several, on lines of their own. They need an account here. They won't be charged."
          rows={3}
        />
      </div>
      <Button busy={busy} busyText="Enrolling…">
        Enroll
      </Button>
    </ValidatedForm>
  );
}
