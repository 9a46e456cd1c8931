import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, rm, symlink } from "node:fs/promises";
import { join, resolve } from "node:path";
import { builtWorker } from "../../scripts/build.ts";
import { freePort } from "./free-port.ts";

/** A running program and its output so far. */
export interface RunningProgram {
  child: ChildProcess;
  output(): string;
  /** Resolves once the output contains the text; rejects if the program exits first. */
  until(text: string): Promise<void>;
}

/** A copy of the checkout with its own state, settings and ports. */
export interface LocalStack {
  checkout: string;
  port: number;
  clerkPort: number;
  stripePort: number;
  /** Runs `npm start` without the build. */
  start(options?: readonly string[], env?: NodeJS.ProcessEnv): RunningProgram;
  /** Runs `npm run start` or `npm run dev`. */
  npmRun(script: "start" | "dev"): RunningProgram;
  /** Runs a script of the checkout with Node. */
  run(script: string, args?: readonly string[], env?: NodeJS.ProcessEnv): RunningProgram;
  /** Runs a program on the PATH. */
  runProgram(program: string, args: readonly string[]): RunningProgram;
  remove(): Promise<void>;
}

const folders = ["app", "migrations", "public", "scripts", "tests"];
const files = [builtWorker, "wrangler.toml", "package.json", "remix.config.js", "tsconfig.json"];

interface StackOptions {
  /** Copies the folders too, for a build in the checkout; otherwise they are links. */
  withBuild?: boolean;
}

export async function createLocalStack({
  withBuild = false,
}: StackOptions = {}): Promise<LocalStack> {
  const checkout = await mkdtemp("build/checkout-");
  const copy = (name: string) => cp(name, join(checkout, name), { recursive: true });
  const link = (name: string) => symlink(resolve(name), join(checkout, name));
  for (const name of files) await copy(name);
  for (const name of folders) await (withBuild ? copy(name) : link(name));
  await link("node_modules");
  const port = await freePort();
  const clerkPort = await freePort();
  const stripePort = await freePort();
  const runProgram = (
    program: string,
    args: readonly string[],
    env: NodeJS.ProcessEnv = process.env,
  ) => listen(spawn(program, args, { cwd: checkout, stdio: ["ignore", "pipe", "pipe"], env }));
  const run = (script: string, args: readonly string[] = [], env?: NodeJS.ProcessEnv) =>
    runProgram(process.execPath, [script, ...args], env);
  const ports = [
    ...["--port", `${port}`, "--clerk-port", `${clerkPort}`],
    ...["--stripe-port", `${stripePort}`],
  ];
  return {
    checkout,
    port,
    clerkPort,
    stripePort,
    run,
    runProgram,
    start: (options = [], env) => run("scripts/start.js", [...ports, ...options], env),
    npmRun: (script) => runProgram("npm", ["run", script, "--", ...ports]),
    remove: () => rm(checkout, { recursive: true }),
  };
}

function listen(child: ChildProcess): RunningProgram {
  let output = "";
  const waiting: (() => void)[] = [];
  const append = (chunk: Buffer) => {
    output += chunk;
    for (const check of waiting) check();
  };
  child.stdout?.on("data", append);
  child.stderr?.on("data", append);
  const until = (text: string) =>
    new Promise<void>((done, fail) => {
      const check = () => output.includes(text) && done();
      waiting.push(check);
      child.once("exit", () =>
        fail(new Error(`The program exited before printing "${text}":\n${output}`)),
      );
      check();
    });
  return { child, output: () => output, until };
}

/** Waits for a program to exit and returns its exit code. */
export async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  const [code] = await once(child, "close");
  return code;
}
