import { glob, readFile } from "node:fs/promises";
import { expect, test } from "vitest";

const longest = 100;
const isGenerated = (file: string) => file === "app/bindings.d.ts";

test("no comment is wider than 100 columns", async () => {
  const wide: string[] = [];
  for await (const file of glob(["{app,bench,scripts,tests}/**/*.{ts,tsx}", "*.js"])) {
    if (isGenerated(file)) continue;
    for (const [index, line] of (await readFile(file, "utf8")).split("\n").entries()) {
      if (line.length > longest && /^\s*(\/\/|\/?\*)/.test(line)) wide.push(`${file}:${index + 1}`);
    }
  }
  expect(wide).toEqual([]);
});
