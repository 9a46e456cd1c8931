import { type HTMLElement, parse } from "node-html-parser";

/** A form of a page, as a browser without scripts has it. */
export interface ParsedForm {
  /** What would be sent if nothing were typed. */
  fields: Record<string, string>;
  /** What is wrong, by the name of the field. */
  errors: Record<string, string>;
  /** The saved text of each field in which something else was typed, by its name. */
  now: Record<string, string>;
}

/** Reads the form with that id out of a page. */
export function parseForm(html: string, id: string): ParsedForm {
  const form = parse(html).querySelector(`form[id="${id}"]`);
  if (!form) return { fields: {}, errors: {}, now: {} };
  const now = Object.entries(textsOf(form, id, "now"));
  return {
    fields: fieldsOf(form),
    errors: textsOf(form, id, "error"),
    now: Object.fromEntries(
      now.map(([name, text]) => [name, text.replace("Saved meanwhile:", "")]),
    ),
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
      // The first line break of a text area is not part of its text.
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
