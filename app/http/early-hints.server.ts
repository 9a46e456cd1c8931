import type { EntryContext } from "@remix-run/cloudflare";

/**
 * What every page loads before it shows anything, as `Link` headers: Cloudflare tells browsers in a 103 while the worker still
 * works. Each is asked for as the document asks, so that nothing is fetched twice.
 * https://developers.cloudflare.com/cache/advanced-configuration/early-hints/
 */
export function preloadLinks({ manifest, routeModules }: EntryContext): string[] {
  const links = (routeModules.root?.links?.() ?? []).flatMap((link) => {
    if (!("href" in link) || !link.href) return [];
    if (link.rel === "stylesheet") return `<${link.href}>; rel=preload; as=style`;
    if (link.rel !== "preload" || link.as !== "font") return [];
    return `<${link.href}>; rel=preload; as=font; type="${link.type}"; crossorigin=anonymous`;
  });
  return [...links, `<${manifest.entry.module}>; rel=modulepreload`];
}
