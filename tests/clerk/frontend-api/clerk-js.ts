import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Hono } from "hono";
import { clerkJsVersion } from "../environment.ts";

const folder = dirname(createRequire(import.meta.url).resolve("@clerk/clerk-js"));

/** Serves ClerkJS and its chunks from `node_modules`. */
export function clerkJsRoutes(): Hono {
  return new Hono().get(`/npm/@clerk/clerk-js@${clerkJsVersion}/dist/:file`, async (c) => {
    const file = c.req.param("file");
    if (!/^[\w-][\w.-]*\.js$/.test(file)) return c.notFound();
    try {
      const content = await readFile(join(folder, file));
      return c.body(new Uint8Array(content), 200, {
        "content-type": "text/javascript; charset=utf-8",
        "cache-control": "public, max-age=31536000, immutable",
      });
    } catch {
      return c.notFound();
    }
  });
}
