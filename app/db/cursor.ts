import * as z from "zod";

/** Where a page begins: behind a key, before one, or at the start of the list. */
export interface Cursor {
  after: string | null;
  before: string | null;
}

/** Longer than any key: a title or name of 200 characters, or an e-mail, and an id. */
const maxLength = 1_000;

const cursorSchema = z.lazy(() => z.string().min(1).max(maxLength).nullable().catch(null));

/** The cursor a URL names; of two only one can hold. */
export function parseCursor(params: URLSearchParams): Cursor {
  const after = cursorSchema.parse(params.get("after"));
  return { after, before: after === null ? cursorSchema.parse(params.get("before")) : null };
}
