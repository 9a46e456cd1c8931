import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { idField } from "~/http/id-field";

/** Public: reads nothing, and requests from Stripe's page carry no `SameSite=Strict` cookies. */
export const handle = { access: "public", methods: ["GET", "HEAD"] };

/**
 * Where Stripe sends buyers. Continues from a page of this site: Clerk's `__client_uat` is
 * `SameSite=Strict`, so a redirect would look signed out, and the handshake would not end.
 */
export function loader({ request, params }: LoaderFunctionArgs) {
  const id = idField.safeParse(params.purchaseId);
  if (!id.success) throw new Response(null, { status: 404 });
  const isDone = new URL(request.url).searchParams.has("done");
  const target = `/purchases/${encodeURIComponent(id.data)}${isDone ? "?checkout=done" : ""}`;
  const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="refresh" content="0;url=${target}">
<title>Your order</title>
<p><a href="${target}">Continue to your order</a></p>
</html>`;
  return new Response(html, { headers: { "Content-Type": "text/html; charset=utf-8" } });
}
