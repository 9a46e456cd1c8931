import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";

const names = (list: string) =>
  list
    .split(",")
    .map((name) => name.replace(/^\s*type\s.*/, "").trim())
    .filter(Boolean);

test("the Clerk shim for the worker exports everything that pages import from Clerk", async () => {
  const shim = await readFile("app/shims/clerk-react.ts", "utf8");
  const exported = names(/export \{([^}]*)\}/.exec(shim)?.[1] ?? "");
  expect(exported).toContain("ClerkProvider");
  const imported = new Set<string>();
  // Not `glob`: knip would read it as an import of every file in app/.
  for (const path of await readdir("app", { recursive: true })) {
    if (!/\.tsx?$/.test(path)) continue;
    const source = await readFile(join("app", path), "utf8");
    for (const [, list = ""] of source.matchAll(/import \{([^}]*)\} from "@clerk\/remix"/g)) {
      for (const name of names(list)) imported.add(name);
    }
  }
  expect(imported).toContain("UserButton");
  // Exported by `@clerk/remix` itself.
  imported.delete("ClerkApp");
  expect([...imported].filter((name) => !exported.includes(name))).toEqual([]);
});
