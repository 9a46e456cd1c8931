import type { MetaDescriptor } from "@remix-run/cloudflare";

interface PageMeta {
  title: string;
  description: string;
  /** The canonical, absolute URL. */
  url: string;
  /** The path of a picture of `shareImageSize`. */
  image: string;
}

/** In pixels; what most sites that show a preview of a link expect. */
const shareImageSize = { width: 1200, height: 630 };

export function pageMeta({ title, description, url, image }: PageMeta): MetaDescriptor[] {
  return [
    { title },
    { name: "description", content: description },
    { tagName: "link", rel: "canonical", href: url },
    { property: "og:site_name", content: "Courses Platform" },
    { property: "og:type", content: "website" },
    { property: "og:title", content: title },
    { property: "og:description", content: description },
    { property: "og:url", content: url },
    { property: "og:image", content: new URL(image, url).href },
    { property: "og:image:width", content: `${shareImageSize.width}` },
    { property: "og:image:height", content: `${shareImageSize.height}` },
    { name: "twitter:card", content: "summary_large_image" },
  ];
}

export const noIndex: MetaDescriptor = { name: "robots", content: "noindex" };
