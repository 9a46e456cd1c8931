import type { EntryContext } from "@remix-run/cloudflare";

/** For 103 Early Hints. Attributes must match the document's, or files load twice. */
export function preloadLinks({ manifest, routeModules }: EntryContext): string[] {
  const links = (routeModules.root?.links?.() ?? []).flatMap((link) => {
    if (!("href" in link) || !link.href) return [];
    if (link.rel === "stylesheet") return `<${link.href}>; rel=preload; as=style`;
    if (link.rel !== "preload" || link.as !== "font") return [];
    return `<${link.href}>; rel=preload; as=font; type="${link.type}"; crossorigin=anonymous`;
  });
  return [...links, modulePreload(manifest.entry.module)];
}

const modulePreload = (url: string) => `<${url}>; rel=modulepreload; fetchpriority=low`;

/** The chunk of `layout/clerk-site-layout` and its imports; set by `scripts/build.ts`. */
declare const CLERK_UI_SCRIPTS: readonly string[];

/** What the browser would ask for only after it has run the scripts of the document. */
export function clerkPreloadLinks({ manifest }: EntryContext, clerkScript: string): string[] {
  const { entry, routes } = manifest;
  const inDocument = new Set([...entry.imports, ...(routes.root?.imports ?? [])]);
  return [
    `<${clerkScript}>; rel=preload; as=script; crossorigin=anonymous`,
    ...CLERK_UI_SCRIPTS.filter((url) => !inDocument.has(url)).map(modulePreload),
  ];
}
