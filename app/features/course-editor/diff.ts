/** What stands now in those fields of a form in which something else was typed. */
export function conflictingValues(
  current: Record<string, string>,
  submitted: Record<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(current).filter(([name, text]) => submitted[name] !== text),
  );
}

/** The names of what a form says otherwise than the row. */
export function changedFields(row: object, fields: object): string[] {
  const current = new Map(Object.entries(row));
  return Object.entries(fields).flatMap(([name, value]) =>
    current.get(name) === value ? [] : name,
  );
}
