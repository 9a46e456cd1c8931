import type { AppContext } from "~/context.server";
import type { Cursor } from "~/db/cursor";
import { getCatalogPage } from "./catalog.server";

/** One page of the course catalog with its canonical URL. */
export async function loadCatalogPage(context: AppContext, cursor: Cursor) {
  const page = await getCatalogPage(context, cursor);
  const name = cursor.after === null ? "before" : "after";
  const key = cursor[name];
  const isFirstPage = page.previous === null && (key === null || page.rows.length > 0);
  const path = isFirstPage || key === null ? "/" : `/?${new URLSearchParams({ [name]: key })}`;
  return { ...page, isFirstPage, url: context.environment.SERVER_URL + path };
}
