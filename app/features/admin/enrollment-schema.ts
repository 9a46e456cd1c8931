import * as z from "zod";
import { requiredLine } from "~/features/courses/text-fields";

/** Whom an admin lets into a course. */
export const enrollFormSchema = z.lazy(() =>
  z.object({
    who: requiredLine("Give the person's e-mail address or id.", 320),
  }),
);
