import type { EntryContext } from "@remix-run/cloudflare";

/** For 103 Early Hints. Attributes must match the document's, or files load twice. */
export function preloadLinks({ manifest, routeModules }: EntryContext): string[] {
  const links = (routeModules.root?.links?.() ?? []).flatMap((link) => {
    if (!("href" in link) || !link.href) return [];
    if (link.rel === "stylesheet") return `<${link.href}>; rel=preload; as=style`;
    if (link.rel !== "preload" || link.as !== "font") return [];
    return `<${link.href}>; rel=preload; as=font; type="${link.type}"; crossorigin=anonymous`;
  });
  return [...links, `<${manifest.entry.module}>; rel=modulepreload; fetchpriority=low`];
}
