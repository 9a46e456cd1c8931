import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

const proxyWorker = "node_modules/wrangler/wrangler-dist/ProxyWorker.js";

/**
 * The hash of the inline script by which `wrangler dev --live-reload` reloads pages, for the page's Content-Security-Policy; null
 * where wrangler no longer has it in this form, and pages have to be reloaded by hand.
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
