/** What stands now in those fields of a form in which something else was typed. */
export function differing(
  now: Record<string, string>,
  typed: Record<string, string>,
): Record<string, string> {
  return Object.fromEntries(Object.entries(now).filter(([name, text]) => typed[name] !== text));
}

/** The names of what a form says otherwise than the row. */
export function changedIn(row: object, fields: object): string[] {
  const now = new Map(Object.entries(row));
  return Object.entries(fields).flatMap(([name, value]) => (now.get(name) === value ? [] : name));
}
