import { readFormData } from "./forms.server";
import type { KeptField, KeptForm } from "./kept-form";
import { isDataPath } from "./urls.server";

const hiddenNames = new Set(
  "id intent mode move priceMinor seenChange seenRole settlement to version".split(" "),
);

/** Null if the request is not a form that a browser submitted without JavaScript. */
export async function readKeptForm(request: Request): Promise<KeptForm | null> {
  const { pathname, search } = new URL(request.url);
  if (request.method !== "POST" || isDataPath(pathname)) return null;
  const fields = await readFormData(request).catch(() => null);
  return fields && { action: pathname + search, fields: keptFields(fields), signInUrl: null };
}

function keptFields(fields: FormData): KeptField[] {
  return [...fields].flatMap(([name, value]) =>
    typeof value === "string" ? { name, value, isHidden: isHidden(name) } : [],
  );
}

const isHidden = (name: string) => hiddenNames.has(name) || name.endsWith("Id");
