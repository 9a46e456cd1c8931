import { mkdir } from "node:fs/promises";
import { readBuiltRoutes } from "../tests/support/built-routes.ts";

/** `npm run routes`: lists every route of the build with its access level, kind and methods. */
async function listRoutes(): Promise<void> {
  await mkdir("build", { recursive: true });
  const rows = (await readBuiltRoutes()).map(({ access, writeAccess, kind, path, methods, id }) => [
    access === writeAccess ? access : `${access}, writes ${writeAccess}`,
    kind,
    path,
    methods.join(" "),
    `app/${id}`,
  ]);
  const table = [["access", "kind", "path", "methods", "file"], ...rows];
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  );
  for (const row of table) {
    console.log(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "));
  }
}

await listRoutes();
