import { countCharacters, readFormData } from "./forms.server";
import type { KeptField, KeptForm } from "./kept-form";
import { isDataPath } from "./urls.server";

const hiddenNames = new Set(
  "id intent mode move priceMinor seenChange seenRole settlement to version".split(" "),
);

/** The form with the longest lesson has about 56,000. */
const maxCharacters = 60_000;
/** More than any form has. */
const maxFields = 20;
/** No form has a field with another kind of name. */
const namePattern = /^[a-z]\w*$/i;

/**
 * Null if the request is not a form that a browser submitted without JavaScript, or not one of
 * this site.
 */
export async function readKeptForm(request: Request): Promise<KeptForm | null> {
  const { pathname, search } = new URL(request.url);
  if (request.method !== "POST" || isDataPath(pathname)) return null;
  const fields = await readFormData(request).catch(() => null);
  if (!fields || !canShowAgain(fields)) return null;
  return { action: pathname + search, fields: keptFields(fields), signInUrl: null };
}

/**
 * True if the fields may be those of a form of this site. A page with anything else could be ten
 * times as long as the request.
 */
export function canShowAgain(fields: FormData): boolean {
  const names = [...fields.keys()];
  return (
    names.length <= maxFields &&
    names.every((name) => namePattern.test(name)) &&
    countCharacters(fields) <= maxCharacters
  );
}

function keptFields(fields: FormData): KeptField[] {
  return [...fields].flatMap(([name, value]) =>
    typeof value === "string" ? { name, value, isHidden: isHidden(name) } : [],
  );
}

const isHidden = (name: string) => hiddenNames.has(name) || name.endsWith("Id");
