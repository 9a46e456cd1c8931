import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

const proxyWorker = "node_modules/wrangler/wrangler-dist/ProxyWorker.js";

/**
 * The hash of the inline script of `wrangler dev --live-reload`, for the Content-Security-Policy.
 * Null if this wrangler's script cannot be found; pages then do not reload by themselves.
 */
export async function liveReloadHash(): Promise<string | null> {
  const source = await readFile(proxyWorker, "utf8");
  const template = /liveReloadScript = `\s*<script[^>]*>([\s\S]*?)<\/script>/.exec(source)?.[1];
  if (template === undefined) return null;
  const script = template.replace(/\$\{(\w+)\}/g, (_, name) => constant(source, name));
  return `sha256-${createHash("sha256").update(script).digest("base64")}`;
}

function constant(source: string, name: string): string {
  return new RegExp(`\\b${name} = "([^"]*)"`).exec(source)?.[1] ?? "";
}
