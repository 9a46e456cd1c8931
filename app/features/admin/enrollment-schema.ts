import * as z from "zod";
import { requiredText } from "~/features/courses/text-fields";

/** Whom an admin lets into a course. */
export const enrollFormSchema = z.lazy(() =>
  z.object({
    who: requiredText("Give the person's e-mail address or id.", 320),
  }),
);
