import { z } from "zod";
import type { Metadata } from "../state/users.ts";

type Json = Metadata[string];

const wholeShortcode = /^\{\{([^{}]+)\}\}$/;
const anyShortcode = /\{\{([^{}]+)\}\}/g;
const objectSchema = z.record(z.string(), z.json());

/**
 * Replaces Clerk's shortcodes, such as `{{user.public_metadata.role}}` or
 * `{{user.name || 'none'}}`. A string that is just one shortcode keeps the value's type; a missing
 * value becomes null.
 */
export function renderClaims(template: Metadata, values: Metadata): Metadata {
  return Object.fromEntries(
    Object.entries(template).map(([claim, value]) => [claim, render(value, values)]),
  );
}

function render(template: Json, values: Metadata): Json {
  if (typeof template === "string") return renderString(template, values);
  if (Array.isArray(template)) return template.map((item) => render(item, values));
  const nested = objectSchema.safeParse(template);
  return nested.success ? renderClaims(nested.data, values) : template;
}

function renderString(template: string, values: Metadata): Json {
  const whole = wholeShortcode.exec(template)?.[1];
  if (whole !== undefined) return evaluate(whole, values);
  return template.replaceAll(anyShortcode, (_match, expression: string) => {
    const value = evaluate(expression, values);
    return typeof value === "string" ? value : JSON.stringify(value);
  });
}

/** Alternatives separated by `||`, each a path or a quoted string; the first non-null one wins. */
function evaluate(expression: string, values: Metadata): Json {
  for (const alternative of expression.split("||")) {
    const text = alternative.trim();
    const literal = /^'(.*)'$/.exec(text)?.[1];
    if (literal !== undefined) return literal;
    const value = valueAt(values, text.split("."));
    if (value !== null) return value;
  }
  return null;
}

function valueAt(values: Json, path: string[]): Json {
  const [key, ...rest] = path;
  if (key === undefined) return values;
  const object = objectSchema.safeParse(values);
  if (!object.success || !Object.hasOwn(object.data, key)) return null;
  return valueAt(object.data[key] ?? null, rest);
}
