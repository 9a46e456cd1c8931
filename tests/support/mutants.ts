import type { Mutant } from "../../scripts/mutation/mutant.ts";

/** A mutant of `app/access/permissions.ts`, except for what is given. */
export const createMutant = (id: string, changed: Partial<Mutant> = {}): Mutant => ({
  number: id,
  id,
  reachedAs: id,
  file: "app/access/permissions.ts",
  line: 1,
  start: 0,
  end: 4,
  mutator: "BooleanLiteral",
  original: "true",
  replacement: "false",
  ...changed,
});
