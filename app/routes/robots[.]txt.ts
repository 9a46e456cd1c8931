import type { LoaderFunctionArgs } from "@remix-run/cloudflare";

export const handle = { access: "public" };

/** Pages that must not be indexed say so themselves, which crawlers see only if they may read them. */
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
