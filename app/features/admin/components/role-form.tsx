import { Form, useNavigation } from "@remix-run/react";
import { useEffect, useId, useRef } from "react";
import type { Role } from "~/db/enums";
import { Button } from "~/ui/button";
import { inputClass } from "~/ui/field-classes";
import { CloseLink } from "~/ui/modal";

interface RoleFormProps {
  to: Role;
  expected: { role: Role; changeId: string | null };
  reason: string;
  error: string | null;
  /** Differs after each submission. */
  outcome: object | null;
  back: string;
}

/** Submits the role that the admin saw along with the change, to detect conflicts. */
export function RoleForm({ to, expected, reason, error, outcome, back }: RoleFormProps) {
  const busy = useNavigation().formData?.get("intent") === "change-role";
  const id = useId();
  const textarea = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (outcome !== null && error !== null) textarea.current?.focus();
  }, [outcome, error]);
  return (
    <Form method="post" replace className="mt-4 grid gap-4">
      <input type="hidden" name="to" value={to} />
      <input type="hidden" name="seenRole" value={expected.role} />
      <input type="hidden" name="seenChange" value={expected.changeId ?? ""} />
      <div className="grid gap-1">
        <label htmlFor={id}>Reason</label>
        <textarea
          ref={textarea}
          id={id}
          name="reason"
          rows={3}
          maxLength={500}
          required
          defaultValue={reason}
          {...(error !== null && { autoFocus: true })}
          aria-invalid={error !== null}
          aria-describedby={`${id}-note`}
          className={inputClass}
        />
        <p id={`${id}-note`} className={`text-sm ${error === null ? "text-muted" : "text-danger"}`}>
          {error ?? "Recorded in the audit log with your name."}
        </p>
      </div>
      <div className="flex flex-wrap justify-end gap-3">
        <CloseLink back={back}>Cancel</CloseLink>
        <Button
          name="intent"
          value="change-role"
          variant={to === "admin" ? "primary" : "danger"}
          busy={busy}
          busyText="Changing…"
        >
          {to === "admin" ? "Make admin" : "Remove admin"}
        </Button>
      </div>
    </Form>
  );
}
