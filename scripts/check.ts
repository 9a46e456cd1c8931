import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import * as z from "zod";

const packageSchema = z.object({ scripts: z.record(z.string(), z.string()) });

/** `npm run check`: runs every script named `check:…`, as many at once as there are cores. */
async function main(): Promise<void> {
  const { scripts } = packageSchema.parse(JSON.parse(await readFile("package.json", "utf8")));
  const waiting = Object.keys(scripts).filter((name) => name.startsWith("check:"));
  const work = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) await run(name);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
}

/** Prints the output at the end, because scripts that run at once would mix theirs. */
function run(name: string): Promise<void> {
  const startedAt = performance.now();
  const options = { maxBuffer: Number.POSITIVE_INFINITY };
  return new Promise((resolve) => {
    execFile(process.execPath, ["--run", name], options, (error, stdout, stderr) => {
      const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
      console.log(`${error ? "✗" : "✓"} ${name} (${seconds} s)`);
      const output = `${stdout}${stderr}`.trim();
      if (output) console.log(`${output}\n`);
      if (error) process.exitCode = 1;
      resolve();
    });
  });
}

await main();
