import * as z from "zod";
import { requiredText } from "~/features/courses/text-fields";

export const enrollFormSchema = z.lazy(() =>
  z.object({
    who: requiredText("Enter an email address or ID.", 320),
  }),
);
