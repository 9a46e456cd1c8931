import { parseTheme, type Theme } from "~/http/theme";
import { type LegalLinks, legalPages } from "./legal-links";
import type { Viewer } from "./root-data";

/** What every page shows; error pages have no loader data, so it comes with the document. */
export interface DocumentData {
  viewer: Viewer;
  theme: Theme;
  legalLinks: LegalLinks;
  /** Scripts that ClerkJS loads later. */
  prefetched: readonly string[];
}

/** For `<html>`: the browser reads them before it hydrates. */
export function documentAttributes({ viewer, theme, legalLinks, prefetched }: DocumentData) {
  return {
    ...(viewer && { "data-admin": viewer.isAdmin, "data-impersonated": viewer.isImpersonated }),
    "data-theme": theme,
    ...(prefetched.length > 0 && { "data-prefetched": prefetched.join(" ") }),
    ...Object.fromEntries(legalPages.map((page) => [`data-${page}-url`, legalLinks[page]])),
  };
}

export function readDocumentData({ documentElement: { dataset } }: Document): DocumentData {
  const { admin, impersonated } = dataset;
  return {
    viewer:
      admin === undefined
        ? null
        : { isAdmin: admin === "true", isImpersonated: impersonated === "true" },
    theme: parseTheme(dataset.theme),
    prefetched: dataset.prefetched?.split(" ") ?? [],
    legalLinks: Object.fromEntries(legalPages.map((page) => [page, dataset[`${page}Url`]])),
  };
}
