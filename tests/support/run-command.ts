import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as z from "zod";

const failure = z.object({ code: z.number(), stderr: z.string() });

/** Runs a script of the checkout; returns its exit code and output. */
export async function runCommand(script: string, args: readonly string[]) {
  try {
    const { stdout } = await promisify(execFile)("node", [script, ...args]);
    return { code: 0, output: stdout };
  } catch (error) {
    const { code, stderr } = failure.parse(error);
    return { code, output: stderr };
  }
}
