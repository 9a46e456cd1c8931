import { type HTMLElement, parse } from "node-html-parser";

/** A form as a browser without JavaScript sees it. */
export interface ParsedForm {
  /** The submitted fields if nothing is changed. */
  fields: Record<string, string>;
  /** Error messages by field name. */
  errors: Record<string, string>;
  /** Currently saved values of conflicting fields, by field name. */
  now: Record<string, string>;
}

/** Parses the form with the given id. */
export function parseForm(html: string, id: string): ParsedForm {
  const form = parse(html).querySelector(`form[id="${id}"]`);
  if (!form) return { fields: {}, errors: {}, now: {} };
  const now = Object.entries(textsOf(form, id, "current"));
  return {
    fields: fieldsOf(form),
    errors: textsOf(form, id, "error"),
    now: Object.fromEntries(now.map(([name, text]) => [name, text.replace("Current value:", "")])),
  };
}

/** The texts of the elements `<form>-<field>-<suffix>`, by field. */
function textsOf(form: HTMLElement, id: string, suffix: string): Record<string, string> {
  const elements = form.querySelectorAll(`[id^="${id}-"][id$="-${suffix}"]`);
  return Object.fromEntries(
    elements.map((element) => [element.id.slice(id.length + 1, -suffix.length - 1), element.text]),
  );
}

function fieldsOf(form: HTMLElement): Record<string, string> {
  const controls = form.querySelectorAll("input[name], textarea[name], select[name]");
  const sent = controls.filter(
    (control) => control.getAttribute("type") !== "radio" || control.hasAttribute("checked"),
  );
  return Object.fromEntries(
    sent.map((control) => [control.getAttribute("name") ?? "", fieldValue(control)]),
  );
}

function fieldValue(control: HTMLElement): string {
  switch (control.tagName) {
    case "TEXTAREA":
      // HTML ignores the first line break of a textarea.
      return control.text.replace(/^\n/, "");
    case "SELECT":
      return selectedValue(control);
    default:
      return control.getAttribute("value") ?? "";
  }
}

function selectedValue(select: HTMLElement): string {
  const option = select.querySelector("option[selected]") ?? select.querySelector("option");
  return option?.getAttribute("value") ?? "";
}
