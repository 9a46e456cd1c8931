import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { cpus, totalmem } from "node:os";
import * as z from "zod";

export function machine(): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} × ${cpu?.model ?? "unknown"}, ${memory} GB, ${process.platform}`;
}

/** The versions of Node and the installed packages, and the commit. */
export async function versions(packages: readonly string[]): Promise<string> {
  const installed = await Promise.all(packages.map(version));
  const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
  return [`node ${process.version}`, ...installed, `commit ${commit}`].join(", ");
}

async function version(name: string): Promise<string> {
  const text = await readFile(`node_modules/${name}/package.json`, "utf8");
  return `${name} ${z.object({ version: z.string() }).parse(JSON.parse(text)).version}`;
}
