import * as z from "zod";
import type { Role } from "~/db/enums";
import { isBlank } from "~/features/courses/text-fields";
import { roleSchema } from "~/features/users/user";

const maxReasonLength = 500;

const changeSchema = z.lazy(() =>
  z.object({
    intent: z.literal("change-role"),
    to: roleSchema,
    seenRole: roleSchema,
    seenChange: z
      .string()
      .max(100)
      .transform((id) => id || null),
    reason: z
      .string()
      .trim()
      .refine((text) => !isBlank(text), "Enter a reason.")
      .max(maxReasonLength, `Keep it to ${maxReasonLength} characters.`),
  }),
);
export const userFormSchema = z.lazy(() =>
  z.discriminatedUnion("intent", [changeSchema, z.object({ intent: z.literal("sync") })]),
);

export type UserForm =
  | { intent: "sync" }
  | {
      intent: "change-role";
      to: Role;
      expected: { role: Role; changeId: string | null };
      reason: string;
    };

export interface UserFormResult {
  /** Null if the form is invalid. */
  form: UserForm | null;
  reason: string;
  reasonError: string | null;
}

/** Parses the forms of a user's page; the typed reason is kept even if the form is invalid. */
export function parseUserForm(fields: FormData): UserFormResult {
  const parsed = userFormSchema.safeParse(Object.fromEntries(fields));
  const typedReason = typedReasonSchema.parse(fields.get("reason"));
  if (!parsed.success) {
    const issue = parsed.error.issues.find(({ path }) => path[0] === "reason");
    return { form: null, reason: typedReason, reasonError: issue?.message ?? null };
  }
  return { form: toForm(parsed.data), reason: typedReason, reasonError: null };
}

const typedReasonSchema = z.string().catch("");

function toForm(fields: z.infer<typeof userFormSchema>): UserForm {
  if (fields.intent === "sync") return fields;
  const { intent, to, seenRole, seenChange, reason } = fields;
  return { intent, to, reason, expected: { role: seenRole, changeId: seenChange } };
}
