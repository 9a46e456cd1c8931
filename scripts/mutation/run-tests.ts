import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import * as z from "zod";
import { checkout } from "./checkout.ts";

const lineSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("start"), file: z.string() }),
  z.object({
    type: z.literal("end"),
    file: z.string(),
    isFailed: z.boolean(),
    seconds: z.number(),
    slowestTestSeconds: z.number(),
    failure: z.string(),
  }),
]);
type EndLine = Extract<z.infer<typeof lineSchema>, { type: "end" }>;

/** Null for a file that did not end in time. */
export type Outcome = EndLine | null;

interface RunOptions {
  files: readonly string[];
  /** Where a run without mutants saves what it reaches. */
  reachedFolder?: string;
  /** Without news for so long, the files that run are given up. */
  silenceMs: number;
  onOutcome(file: string, outcome: Outcome): void | Promise<void>;
}

/**
 * Runs test files in the checkout, in a process group of their own that can be killed. Returns
 * those that were running when vitest itself crashed.
 */
export async function runTests({
  files,
  reachedFolder,
  silenceMs,
  onOutcome,
}: RunOptions): Promise<ReadonlySet<string>> {
  const child = spawn(
    process.execPath,
    ["node_modules/vitest/vitest.mjs", "run", "--config", "scripts/mutation/vitest.config.ts"],
    {
      cwd: checkout,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        CI: "1",
        TEST_FILES: files.join("\n"),
        REACHED_FOLDER: reachedFolder && resolve(reachedFolder),
      },
    },
  );
  const running = new Set<string>();
  const errors: string[] = [];
  child.stderr.setEncoding("utf8").on("data", (text: string) => void errors.push(text));
  const killGroup = () => void (child.pid !== undefined && process.kill(-child.pid, "SIGKILL"));
  let isKilled = false;
  const giveUp = () => {
    isKilled = true;
    killGroup();
  };
  let timer = setTimeout(giveUp, silenceMs);
  const exit = new Promise((done) => child.once("close", done));
  for await (const text of createInterface(child.stdout)) {
    const line = parseLine(text);
    if (line === null) continue;
    clearTimeout(timer);
    timer = setTimeout(giveUp, silenceMs);
    if (line.type === "start") running.add(line.file);
    else {
      running.delete(line.file);
      await onOutcome(line.file, line);
    }
  }
  await exit;
  clearTimeout(timer);
  if (!isKilled) {
    if (running.size > 0) console.error(errors.join("").slice(-2000));
    return running;
  }
  for (const file of running) await onOutcome(file, null);
  return new Set();
}

function parseLine(text: string) {
  if (!text.startsWith("{")) return null;
  try {
    return lineSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
