import type { MetaDescriptor } from "@remix-run/cloudflare";

interface PageMeta {
  title: string;
  description: string;
  /** The canonical, absolute URL. */
  url: string;
}

export function pageMeta({ title, description, url }: PageMeta): MetaDescriptor[] {
  return [
    { title },
    { name: "description", content: description },
    { tagName: "link", rel: "canonical", href: url },
    { property: "og:site_name", content: "Courses Platform" },
    { property: "og:type", content: "website" },
    { property: "og:title", content: title },
    { property: "og:description", content: description },
    { property: "og:url", content: url },
  ];
}
