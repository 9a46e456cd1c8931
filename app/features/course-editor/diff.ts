/** The current values of the fields whose submitted value differs. */
export function conflictingValues(
  current: Record<string, string>,
  submitted: Record<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(current).filter(([name, text]) => submitted[name] !== text),
  );
}

export function changedFields(row: object, fields: object): string[] {
  const current = new Map(Object.entries(row));
  return Object.entries(fields).flatMap(([name, value]) =>
    current.get(name) === value ? [] : name,
  );
}
