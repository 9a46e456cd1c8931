import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { loadSitemap } from "~/features/courses/sitemap.server";

export const handle = { access: "public" };

export async function loader({ context }: LoaderFunctionArgs) {
  return new Response(await loadSitemap(context), {
    headers: {
      "Content-Type": "application/xml; charset=utf-8",
      "Cache-Control": "public, max-age=60",
    },
  });
}
