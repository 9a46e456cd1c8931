import type { LoaderFunctionArgs } from "@remix-run/cloudflare";

export const handle = { access: "public" };

/** Private pages say themselves that they must not be indexed: crawlers must read that. */
export function loader({ context }: LoaderFunctionArgs) {
  const { SERVER_URL } = context.environment;
  const text = `User-agent: *\nDisallow: /api/\n\nSitemap: ${SERVER_URL}/sitemap.xml\n`;
  return new Response(text, {
    headers: {
      "Content-Type": "text/plain; charset=utf-8",
      "Cache-Control": "public, max-age=3600",
    },
  });
}
