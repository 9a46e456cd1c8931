/** The names of what a form says otherwise than the row. */
export function changedIn(row: object, fields: object): string[] {
  const now = new Map(Object.entries(row));
  return Object.entries(fields).flatMap(([name, value]) => (now.get(name) === value ? [] : name));
}
