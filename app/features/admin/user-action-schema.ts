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
      .refine((text) => !isBlank(text), "Say why: whoever reads the audit will want to know.")
      .max(maxReasonLength, `Keep it to ${maxReasonLength} characters.`),
  }),
);
export const userFormSchema = z.lazy(() =>
  z.discriminatedUnion("intent", [changeSchema, z.object({ intent: z.literal("sync") })]),
);

/** What an admin asks for on a person's page. */
export type UserForm =
  | { intent: "sync" }
  | {
      intent: "change-role";
      to: Role;
      expected: { role: Role; changeId: string | null };
      reason: string;
    };

export interface UserFormResult {
  /** Null where something is wrong; what was typed is then kept beside what is wrong with it. */
  form: UserForm | null;
  reason: string;
  reasonError: string | null;
}

/** Reads the forms of a person's page. */
export function parseUserForm(fields: FormData): UserFormResult {
  const read = userFormSchema.safeParse(Object.fromEntries(fields));
  const typed = typedSchema.parse(fields.get("reason"));
  if (!read.success) {
    const wrong = read.error.issues.find(({ path }) => path[0] === "reason");
    return { form: null, reason: typed, reasonError: wrong?.message ?? null };
  }
  return { form: toForm(read.data), reason: typed, reasonError: null };
}

const typedSchema = z.string().catch("");

function toForm(fields: z.infer<typeof userFormSchema>): UserForm {
  if (fields.intent === "sync") return fields;
  const { intent, to, seenRole, seenChange, reason } = fields;
  return { intent, to, reason, expected: { role: seenRole, changeId: seenChange } };
}
