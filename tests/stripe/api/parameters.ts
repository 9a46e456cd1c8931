import { StripeError } from "../wire/errors.ts";

/** Decoded form fields: `a[b][0]=x` is `{ a: { b: ["x"] } }`. */
export type Parameters = { [name: string]: Parameter };
type Parameter = string | Parameter[] | Parameters;

type Node = Map<string, Node | string>;

const maxDepth = 10;

/** Decodes a form or a query string. */
export function decodeParameters(text: string): Parameters {
  const root: Node = new Map();
  for (const [name, value] of new URLSearchParams(text)) insert(root, pathOf(name), value);
  return toObject(root);
}

function pathOf(name: string): string[] {
  const [, head = name, rest = ""] = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name) ?? [];
  return [head, ...[...rest.matchAll(/\[([^[\]]*)\]/g)].map(([, key = ""]) => key)];
}

function insert(root: Node, path: string[], value: string): void {
  if (path.length > maxDepth) throw new StripeError(400, "Invalid request (nested too deeply)");
  let node = root;
  for (const [index, name] of path.entries()) {
    const key = name === "" ? String(node.size) : name;
    if (index === path.length - 1) return void node.set(key, value);
    const next = node.get(key);
    const child: Node = next instanceof Map ? next : new Map();
    node.set(key, child);
    node = child;
  }
}

function toObject(node: Node): Parameters {
  return Object.fromEntries([...node].map(([key, value]) => [key, toParameter(value)]));
}

function toParameter(value: Node | string): Parameter {
  if (typeof value === "string") return value;
  const isArray = [...value.keys()].every((key) => /^\d+$/.test(key));
  return isArray ? [...value.values()].map(toParameter) : toObject(value);
}
