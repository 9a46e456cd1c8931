import * as z from "zod";
import { requiredText } from "~/features/courses/text-fields";
import { idField } from "~/http/id-field";

const maxTitleLength = 120;
const version = z.lazy(() => z.coerce.number().int().positive());

/** All that anybody types on the page of an outline; the rest its forms bring along. */
export const titleSchemas = {
  section: z.lazy(() =>
    z.object({ title: requiredText("Give the section a title.", maxTitleLength) }),
  ),
  lesson: z.lazy(() =>
    z.object({ title: requiredText("Give the lesson a title.", maxTitleLength) }),
  ),
};

/** A button of the outline: `lesson:<id>:up`, `section:<id>:down`. */
const move = z.lazy(() =>
  z
    .string()
    .regex(/^(section|lesson):[^:]+:(up|down)$/)
    .transform((text, { addIssue }) => {
      const [kind, movedId, direction] = text.split(":");
      const read = moveSchema.safeParse({ kind, id: movedId, direction });
      if (read.success) return read.data;
      addIssue({ code: "custom", message: "No such move" });
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

/** What an admin asks for on the page of an outline. Adding brings the new id along, so that twice is once. */
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
