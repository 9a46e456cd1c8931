/** A form of a page, as a browser without scripts has it. */
export interface ReadForm {
  /** What would be sent if nothing were typed. */
  fields: Record<string, string>;
  /** What is wrong, by the name of the field. */
  errors: Record<string, string>;
  /** What stands there now, by the name of the field in which something else was typed. */
  now: Record<string, string>;
}

/** Reads the form with that id out of a page. */
export function readForm(html: string, id: string): ReadForm {
  const [form = ""] = new RegExp(`<form[^>]* id="${id}"[\\s\\S]*?</form>`).exec(html) ?? [];
  const textOf = (suffix: string): Record<string, string> => {
    const pattern = new RegExp(`<(p|div) id="${id}-(\\w+)-${suffix}"[^>]*>([\\s\\S]*?)</\\1>`, "g");
    const found = [...form.matchAll(pattern)].map(([, , name = "", text = ""]) => [name, text]);
    return Object.fromEntries(found.map(([name, text = ""]) => [name, plain(text)]));
  };
  const now = Object.entries(textOf("now"));
  return {
    fields: { ...inputsOf(form), ...textareasOf(form), ...selectsOf(form) },
    errors: textOf("error"),
    now: Object.fromEntries(
      now.map(([name, text]) => [name, text.replace("Saved meanwhile:", "")]),
    ),
  };
}

/** The text of an element without its tags. */
export const plain = (html: string) => unescaped(html.replace(/<!-- -->|<[^>]+>/g, ""));

function inputsOf(form: string): Record<string, string> {
  const inputs = [...form.matchAll(/<input [^>]*>/g)].map(([tag]) => tag);
  const sent = inputs.filter((tag) => !tag.includes('type="radio"') || tag.includes("checked"));
  return Object.fromEntries(
    sent.flatMap((tag) => {
      const name = attribute(tag, "name");
      return name === null ? [] : [[name, attribute(tag, "value") ?? ""]];
    }),
  );
}

function textareasOf(form: string): Record<string, string> {
  const found = [...form.matchAll(/<textarea[^>]* name="(\w+)"[^>]*>([\s\S]*?)<\/textarea>/g)];
  // The first line break of a text area is none of its text.
  return Object.fromEntries(
    found.map(([, name = "", text = ""]) => [name, unescaped(text.replace(/^\n/, ""))]),
  );
}

function selectsOf(form: string): Record<string, string> {
  const found = [...form.matchAll(/<select[^>]* name="(\w+)"[^>]*>([\s\S]*?)<\/select>/g)];
  return Object.fromEntries(
    found.map(([, name = "", options = ""]) => {
      const [chosen = "", first = ""] = [
        /<option[^>]*selected[^>]*>/.exec(options)?.[0],
        /<option[^>]*>/.exec(options)?.[0],
      ];
      return [name, attribute(chosen || first, "value") ?? ""];
    }),
  );
}

function attribute(tag: string, name: string): string | null {
  const value = new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1];
  return value === undefined ? null : unescaped(value);
}

function unescaped(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&amp;", "&");
}
