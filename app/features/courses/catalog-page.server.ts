import type { AppContext } from "~/context.server";
import type { Cursor } from "~/db/cursor";
import { getCatalogPage } from "./catalog.server";

/**
 * A page of the catalogue for anybody, with the one address it has: that of the start for whatever shows the start.
 * @throws {ServiceUnavailableError} when D1 is needed and does not answer.
 */
export async function loadCatalogPage(context: AppContext, cursor: Cursor) {
  const page = await getCatalogPage(context, cursor);
  const name = cursor.after === null ? "before" : "after";
  const key = cursor[name];
  const isStart = page.previous === null && (key === null || page.rows.length > 0);
  const path = isStart || key === null ? "/" : `/?${new URLSearchParams({ [name]: key })}`;
  return { ...page, isStart, url: context.environment.SERVER_URL + path };
}
