import * as z from "zod";
import { requiredText } from "~/features/courses/text-fields";
import { idField } from "~/http/id-field";

const maxTitleLength = 120;
const version = z.lazy(() => z.coerce.number().int().positive());

export const titleSchemas = {
  section: z.lazy(() => z.object({ title: requiredText("Enter a title.", maxTitleLength) })),
  lesson: z.lazy(() => z.object({ title: requiredText("Enter a title.", maxTitleLength) })),
};

/** The value of a move button: `lesson:<id>:up`, `section:<id>:down`. */
const move = z.lazy(() =>
  z
    .string()
    .regex(/^(section|lesson):[^:]+:(up|down)$/)
    .transform((text, { addIssue }) => {
      const [kind, movedId, direction] = text.split(":");
      const parsed = moveSchema.safeParse({ kind, id: movedId, direction });
      if (parsed.success) return parsed.data;
      addIssue({ code: "custom", message: "Invalid move" });
      return z.NEVER;
    }),
);
const moveSchema = z.lazy(() =>
  z.object({
    kind: z.enum(["section", "lesson"]),
    id: idField,
    direction: z.enum(["up", "down"]),
  }),
);

/** Additions include the new id, which makes them idempotent. */
export const outlineFormSchema = z.lazy(() =>
  z.discriminatedUnion("intent", [
    z.object({
      intent: z.literal("add-section"),
      id: idField,
      ...titleSchemas.section.unwrap().shape,
    }),
    z.object({
      intent: z.literal("rename-section"),
      version,
      sectionId: idField,
      ...titleSchemas.section.unwrap().shape,
    }),
    z.object({
      intent: z.literal("add-lesson"),
      id: idField,
      sectionId: idField,
      ...titleSchemas.lesson.unwrap().shape,
    }),
    z.object({ intent: z.literal("remove-section"), version, sectionId: idField }),
    z.object({ intent: z.literal("move"), version, move }),
    z.object({
      intent: z.literal("place-lesson"),
      version,
      lessonId: idField,
      sectionId: idField,
      index: z.coerce.number().int().min(0),
    }),
  ]),
);
export type OutlineForm = z.output<typeof outlineFormSchema>;
