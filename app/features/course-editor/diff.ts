/** What stands now in those fields of a form in which something else was typed. */
export function differing(
  now: Record<string, string>,
  typed: Record<string, string>,
): Record<string, string> {
  return Object.fromEntries(Object.entries(now).filter(([name, text]) => typed[name] !== text));
}
