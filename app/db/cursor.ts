import * as z from "zod";

/** The key that a page starts after or ends before; both are null on the first page. */
export interface Cursor {
  after: string | null;
  before: string | null;
}

/** Longer than any key: a title, name or email plus an id. */
const maxLength = 1_000;

const cursorSchema = z.lazy(() => z.string().min(1).max(maxLength).nullable().catch(null));

/** `after` takes precedence over `before`. */
export function parseCursor(params: URLSearchParams): Cursor {
  const after = cursorSchema.parse(params.get("after"));
  return { after, before: after === null ? cursorSchema.parse(params.get("before")) : null };
}
