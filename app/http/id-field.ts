import * as z from "zod";

/** An id in a form. Bounded, because some answers repeat it in a header. */
export const idField = z.lazy(() => z.string().min(1).max(100));
