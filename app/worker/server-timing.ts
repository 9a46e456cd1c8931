/** Durations for the `Server-Timing` header. */
export interface Timings {
  measure<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
  header(): string;
}

/** In Workers the clock advances only during I/O, so this measures waiting, not CPU time. */
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
