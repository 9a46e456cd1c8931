import { glob, readFile } from "node:fs/promises";
import { expect, test } from "vitest";

const names = (list: string) =>
  list
    .split(",")
    .map((name) => name.replace(/^\s*type\s.*/, "").trim())
    .filter(Boolean);

test("what the pages take from Clerk is in its stand-in: in the worker anything else would be undefined", async () => {
  const standIn = await readFile("app/shims/clerk-react.ts", "utf8");
  const offered = names(/export \{([^}]*)\}/.exec(standIn)?.[1] ?? "");
  expect(offered).toContain("ClerkProvider");
  const taken = new Set<string>();
  for await (const path of glob("app/**/*.{ts,tsx}")) {
    const source = await readFile(path, "utf8");
    for (const [, list = ""] of source.matchAll(/import \{([^}]*)\} from "@clerk\/remix"/g)) {
      for (const name of names(list)) taken.add(name);
    }
  }
  expect(taken).toContain("UserButton");
  // `@clerk/remix` has this one itself.
  taken.delete("ClerkApp");
  expect([...taken].filter((name) => !offered.includes(name))).toEqual([]);
});
