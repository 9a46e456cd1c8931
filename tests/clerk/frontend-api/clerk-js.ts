import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type Context, Hono } from "hono";
import { clerkJsVersion } from "../environment.ts";
import type { Instance } from "../instance.ts";

const folder = dirname(createRequire(import.meta.url).resolve("@clerk/clerk-js"));
const exactPath = `/npm/@clerk/clerk-js@${clerkJsVersion}/dist/` as const;

/**
 * Serves ClerkJS and its chunks from `node_modules`; the major version redirects to the exact one.
 */
export function clerkJsRoutes(instance: Instance): Hono {
  return new Hono()
    .get(`/npm/@clerk/clerk-js@5/dist/:file{[\\w.-]+}`, (c) => {
      const origin =
        instance.settings().clerkJs.redirect === "absolute" ? new URL(c.req.url).origin : "";
      c.header("access-control-allow-origin", "*");
      return c.redirect(origin + exactPath + c.req.param("file"), 307);
    })
    .get(`${exactPath}:file`, (c) => serveFile(c, c.req.param("file")));
}

async function serveFile(c: Context, file: string): Promise<Response> {
  if (!/^[\w-][\w.-]*\.js$/.test(file)) return c.notFound();
  try {
    const content = await readFile(join(folder, file));
    return c.body(new Uint8Array(content), 200, {
      "content-type": "text/javascript; charset=utf-8",
      "access-control-allow-origin": "*",
      "cache-control": "public, max-age=31536000, immutable",
    });
  } catch {
    return c.notFound();
  }
}
