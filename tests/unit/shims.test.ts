import { glob, readFile } from "node:fs/promises";
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
  for await (const path of glob("app/**/*.{ts,tsx}")) {
    const source = await readFile(path, "utf8");
    for (const [, list = ""] of source.matchAll(/import \{([^}]*)\} from "@clerk\/remix"/g)) {
      for (const name of names(list)) imported.add(name);
    }
  }
  expect(imported).toContain("UserButton");
  // Exported by `@clerk/remix` itself.
  imported.delete("ClerkApp");
  expect([...imported].filter((name) => !exported.includes(name))).toEqual([]);
});
