import { readdir, readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { builtWorker } from "../build.ts";

const limitKilobytes = 420;
const compress = promisify(gzip);

async function gzipKilobytes(paths: readonly string[]): Promise<number> {
  const sizes = await Promise.all(
    paths.map(async (path) => (await compress(await readFile(path))).length),
  );
  return sizes.reduce((total, size) => total + size, 0) / 1000;
}

/** Prints the compressed sizes; fails if the worker exceeds its limit. */
const names = await readdir("public/build", { recursive: true });
const scripts = names.filter((name) => name.endsWith(".js")).map((name) => `public/build/${name}`);
const worker = await gzipKilobytes([builtWorker]);
const browser = await gzipKilobytes(scripts);

console.log(
  `worker ${worker.toFixed(0)} kB gzip (limit ${limitKilobytes}), browser ${browser.toFixed(0)} kB gzip in total`,
);
if (worker > limitKilobytes) {
  console.error(`The worker is over ${limitKilobytes} kB gzip.`);
  process.exitCode = 1;
}
