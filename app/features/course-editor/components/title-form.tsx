import { type SubmissionResult, useForm } from "@conform-to/react";
import { useNavigation } from "@remix-run/react";
import { type ReactNode, useEffect } from "react";
import { Button } from "~/ui/button";
import { TextField } from "~/ui/form-fields";
import { clientValidator } from "~/ui/validate-form";
import { ValidatedForm } from "~/ui/validated-form";
import { titleSchemas } from "../outline-schema";
import { KeepScroll } from "./keep-scroll";

interface TitleFormProps {
  kind: keyof typeof titleSchemas;
  label: string;
  hidden: { intent: string } & Record<string, string | number>;
  initialTitle?: string;
  lastResult: SubmissionResult | undefined;
  current?: string | undefined;
  submit: { label: string; busy: string };
  onSubmit?: () => void;
  /** Takes focus on mount and whenever this key changes. */
  focusKey?: string;
  children?: ReactNode;
}

export function TitleForm({
  kind,
  hidden,
  initialTitle,
  lastResult,
  focusKey,
  ...props
}: TitleFormProps) {
  const [form, { title }] = useForm({
    id: `${hidden.intent}-form`,
    lastResult,
    defaultValue: { title: initialTitle },
    shouldRevalidate: "onInput",
    onValidate: clientValidator(titleSchemas[kind]),
  });
  const busy = useNavigation().formData?.get("intent") === hidden.intent;
  useEffect(() => {
    if (focusKey !== undefined) document.getElementById(title.id)?.focus();
  }, [focusKey, title.id]);
  return (
    <ValidatedForm form={form} className="flex flex-wrap items-end gap-3">
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <KeepScroll />
      <div className="grow basis-64">
        <TextField field={title} label={props.label} current={props.current} />
      </div>
      <div className="flex gap-3">
        <Button
          variant="secondary"
          busy={busy}
          busyText={props.submit.busy}
          onClick={props.onSubmit}
        >
          {props.submit.label}
        </Button>
        {props.children}
      </div>
    </ValidatedForm>
  );
}
