/** Notes how long the parts of an answer took, for its `Server-Timing` header. */
export interface Timings {
  /** The result of some work, its duration noted under a name. */
  measure<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
  /** https://www.w3.org/TR/server-timing/ */
  header(): string;
}

/**
 * In Workers the clock stands still while code runs and moves on with I/O, so what is told is the time waited for others.
 * https://developers.cloudflare.com/workers/reference/security-model/#step-1-disallow-timers-and-multi-threading
 */
export function createTimings(): Timings {
  const startedAt = performance.now();
  const parts: string[] = [];
  const elapsedSince = (start: number) => Math.round((performance.now() - start) * 10) / 10;
  return {
    async measure(name, work) {
      const start = performance.now();
      try {
        return await work();
      } finally {
        parts.push(`${name};dur=${elapsedSince(start)}`);
      }
    },
    header: () => [...parts, `total;dur=${elapsedSince(startedAt)}`].join(", "),
  };
}
