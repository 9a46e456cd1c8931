import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import * as z from "zod";
import { checkout } from "./checkout.ts";
import { killTree } from "./kill-tree.ts";
import { timeoutFactor } from "./timeout-factor.ts";

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
  /** Without news for so long on an idle machine, the files that run are given up. */
  silenceMs: number;
  onOutcome(file: string, outcome: Outcome): void | Promise<void>;
}

interface Ended {
  /** The files that were running when vitest itself crashed. */
  crashed: ReadonlySet<string>;
  /** Those that were running when everything was paused: they have no outcome. */
  paused: ReadonlySet<string>;
}

/** Runs test files in the checkout. */
export async function runTests(options: RunOptions): Promise<Ended> {
  const factor = timeoutFactor();
  const child = startVitest(options, factor);
  const running = new Set<string>();
  const paused = new Set<string>();
  let isKilled = false;
  const watch = watchSilence(options.silenceMs * factor, {
    onPause() {
      for (const file of running) paused.add(file);
    },
    onSilence() {
      isKilled = true;
      if (child.pid !== undefined) killTree(child.pid);
    },
  });
  const errors: string[] = [];
  child.stderr?.setEncoding("utf8").on("data", (text: string) => void errors.push(text));
  const exit = new Promise((done) => child.once("close", done));
  for await (const text of child.stdout ? createInterface(child.stdout) : []) {
    watch.hear();
    const line = parseLine(text);
    if (line?.type === "start") running.add(line.file);
    if (line?.type !== "end") continue;
    running.delete(line.file);
    if (!paused.has(line.file)) await options.onOutcome(line.file, line);
  }
  await exit;
  watch.end();
  const left = [...running].filter((file) => !paused.has(file));
  if (isKilled) for (const file of left) await options.onOutcome(file, null);
  else if (left.length > 0) console.error(errors.join("").slice(-2000));
  return { crashed: new Set(isKilled ? [] : left), paused };
}

const startVitest = ({ files, reachedFolder }: RunOptions, factor: number): ChildProcess =>
  spawn(
    process.execPath,
    ["node_modules/vitest/vitest.mjs", "run", "--config", "scripts/mutation/vitest.config.ts"],
    {
      cwd: checkout,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        CI: "1",
        TIMEOUT_FACTOR: String(factor),
        TEST_FILES: files.join("\n"),
        REACHED_FOLDER: reachedFolder && resolve(reachedFolder),
      },
    },
  );

const tickMs = 1_000;
/** A process that does nothing but wait is late by so much only if it was stopped. */
const longestTickMs = 10_000;

/** Also notices that this process and its children were stopped: then their timers say nothing. */
function watchSilence(silenceMs: number, on: { onPause(): void; onSilence(): void }) {
  let heardAt = Date.now();
  let tickedAt = Date.now();
  const tick = () => {
    const now = Date.now();
    if (now - tickedAt > longestTickMs) {
      heardAt = now;
      on.onPause();
    }
    tickedAt = now;
    if (now - heardAt > silenceMs) on.onSilence();
  };
  const timer = setInterval(tick, tickMs);
  return {
    hear() {
      tick();
      heardAt = Date.now();
    },
    end: () => clearInterval(timer),
  };
}

function parseLine(text: string) {
  if (!text.startsWith("{")) return null;
  try {
    return lineSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
