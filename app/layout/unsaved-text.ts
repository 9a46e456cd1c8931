type TypedField = readonly [name: string, value: string];
type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const prefix = "unsaved-text:";
/** When this tab last kept something, and when the user last signed out in any tab. */
const keptAt = "unsaved-text-kept-at";
const signedOutAt = "signed-out-at";
const otherTypes = ["button", "file", "hidden", "image", "password", "reset", "submit"];

/** Forms of this page that post what a user types. */
export const postForms = () =>
  [...document.forms].filter((form) => form.getAttribute("method") === "post");

/** Keeps what the user has typed into the forms of this page, in this tab. */
export function keepUnsavedText(userId: string): void {
  for (const form of postForms()) {
    const controls = typedControls(form);
    if (!controls.some(isChanged)) continue;
    const fields: TypedField[] = controls.filter(isSent).map(({ name, value }) => [name, value]);
    sessionStorage.setItem(keyOf(userId, form), JSON.stringify(fields));
    sessionStorage.setItem(keptAt, `${Date.now()}`);
  }
}

/** What this user typed into the form before, if it differs from what the form shows now. */
export function findUnsavedText(userId: string, form: HTMLFormElement): TypedField[] | null {
  clearOutdatedText();
  const fields = parseFields(sessionStorage.getItem(keyOf(userId, form)));
  const current = new FormData(form);
  const differs = fields?.some(([name, value]) => current.get(name) !== value);
  return fields && differs ? fields : null;
}

export function discardUnsavedText(userId: string, form: HTMLFormElement): void {
  sessionStorage.removeItem(keyOf(userId, form));
}

/** Removes the text of everyone except `userId`. */
export function clearUnsavedText(userId: string | null): void {
  for (const key of Object.keys(sessionStorage)) {
    const isOwn = userId !== null && key.startsWith(`${prefix}${userId}:`);
    if (key.startsWith(prefix) && !isOwn) sessionStorage.removeItem(key);
  }
}

/** Removes all text: here now, and in a tab that shows another site once it returns. */
export function clearTextAtSignOut(): void {
  localStorage.setItem(signedOutAt, `${Date.now()}`);
  clearUnsavedText(null);
}

/** Removes text that was kept before the user signed out in another tab. */
export function clearOutdatedText(): void {
  const signedOut = Number(localStorage.getItem(signedOutAt));
  if (signedOut >= Number(sessionStorage.getItem(keptAt))) clearUnsavedText(null);
}

/** Fills the form as if the user typed. */
export function fillForm(form: HTMLFormElement, fields: readonly TypedField[]): void {
  for (const control of typedControls(form)) {
    const values = fields.filter(([name]) => name === control.name).map(([, value]) => value);
    if (isCheckable(control)) control.checked = values.includes(control.value);
    else if (values[0] !== undefined) control.value = values[0];
    for (const type of ["input", "change"]) {
      control.dispatchEvent(new Event(type, { bubbles: true }));
    }
  }
}

/**
 * Ids of hidden fields tell apart forms of the same kind, such as those of two sections. Not `id`:
 * what the form creates gets another one each time.
 */
function keyOf(userId: string, form: HTMLFormElement): string {
  const ids = [...new FormData(form)].filter(([name]) => name.endsWith("Id"));
  const names = typedControls(form).map(({ name }) => name);
  // Not `form.id`, which may be a field.
  const name = form.getAttribute("id") ?? names.join();
  return `${prefix}${userId}:${location.pathname}#${name}:${ids.map(([, id]) => id).join()}`;
}

function typedControls(form: HTMLFormElement): Control[] {
  const inputs = [...form.querySelectorAll("input")];
  return [
    ...inputs.filter(({ type }) => !otherTypes.includes(type)),
    ...form.querySelectorAll("select"),
    ...form.querySelectorAll("textarea"),
  ].filter(({ name }) => name !== "");
}

const isCheckable = (control: Control): control is HTMLInputElement =>
  control instanceof HTMLInputElement && ["checkbox", "radio"].includes(control.type);

const isSent = (control: Control) => !isCheckable(control) || control.checked;

function isChanged(control: Control): boolean {
  if (isCheckable(control)) return control.checked !== control.defaultChecked;
  if (!(control instanceof HTMLSelectElement)) return control.value !== control.defaultValue;
  const options = [...control.options];
  const initial = options.find(({ defaultSelected }) => defaultSelected) ?? options[0];
  return control.value !== initial?.value;
}

function parseFields(text: string | null): TypedField[] | null {
  const fields: unknown = text === null ? null : JSON.parse(text);
  if (!Array.isArray(fields)) return null;
  return fields.map(([name, value]: unknown[]) => [String(name), String(value)] as const);
}
