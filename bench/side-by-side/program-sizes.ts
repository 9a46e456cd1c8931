import type { ProgramSize } from "./markdown.ts";
import { type ProgramName, programOf } from "./programs.ts";
import { workerBytes } from "./sizes.ts";
import { startupMs } from "./startup.ts";
import { median } from "./statistics.ts";

const measuredSizes = ["platform", "plain", "clerkApi", "betterAuthD1", "bare"] as const;
const labels: Partial<Record<ProgramName, string>> = {
  clerkApi: "Clerk as documented",
  betterAuthD1: "Better Auth",
};

/** Measures module sizes and median start-up times, alternating between programs. */
export async function measurePrograms(rounds: number): Promise<ProgramSize[]> {
  const times = new Map<ProgramName, number[]>(measuredSizes.map((program) => [program, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [program, measured] of times) measured.push(await startupMs(program));
  }
  return Promise.all(
    [...times].map(async ([program, measured]) => {
      const { raw, gzip } = await workerBytes(program);
      return {
        label: labels[program] ?? programOf(program).label,
        rawBytes: raw,
        gzipBytes: gzip,
        startupMs: median(measured),
      };
    }),
  );
}
