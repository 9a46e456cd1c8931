/** One small change of the code. */
export interface Mutant {
  /** Of this build, as the instrumented code compares it. */
  number: string;
  /** Of the file's content and the change, so that it outlives a build. */
  id: string;
  /** The id of the mutant that a test reaches with this one; null if it is not inside another. */
  reachedAs: string | null;
  file: string;
  line: number;
  /** Offsets of the original in the file. */
  start: number;
  end: number;
  mutator: string;
  original: string;
  replacement: string;
}
