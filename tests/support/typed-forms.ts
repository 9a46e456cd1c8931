import type { Locator, Page } from "playwright-core";
import type { SitePage } from "./pages.ts";

const controls = "input[type=text], input[type=url], input:not([type]), textarea";

/** Forms of the page that post what a user types. */
export function typedForms(page: Page): Locator {
  return page.locator('form[method="post"]').filter({ has: page.locator(controls) });
}

/** Types something else into each text field; returns the values by field name. */
export async function typeIntoForm(form: Locator): Promise<Record<string, string>> {
  for (const field of await form.locator(controls).all()) {
    const isLong = (await field.evaluate(({ tagName }) => tagName)) === "TEXTAREA";
    await field.fill(isLong ? "Typed before the session expired. ".repeat(12) : "Typed before");
  }
  return typedValues(form);
}

/** The values of the text fields, by name. */
export function typedValues(form: Locator): Promise<Record<string, string>> {
  return form
    .locator(controls)
    .evaluateAll((fields) =>
      Object.fromEntries(
        fields.map((field) => [field.getAttribute("name"), Reflect.get(field, "value")]),
      ),
    );
}

export interface TypedForm {
  sitePage: SitePage;
  /** Among the typed forms of the page. */
  index: number;
}

/** Adds the page's forms that are not in the list yet, by the form's id or its fields. */
export async function collectTypedForms(
  page: Page,
  sitePage: SitePage,
  found: Map<string, TypedForm>,
): Promise<void> {
  for (const [index, form] of (await typedForms(page).all()).entries()) {
    const names = Object.keys(await typedValues(form)).join();
    const id = (await form.getAttribute("id")) ?? names;
    if (!found.has(id)) found.set(id, { sitePage, index });
  }
}
