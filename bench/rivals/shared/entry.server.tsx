import type { EntryContext } from "@remix-run/cloudflare";
import { RemixServer } from "@remix-run/react";
import { renderToReadableStream } from "react-dom/server";
import { preloadLinks } from "~/http/early-hints.server";
import { NonceContext } from "~/http/nonce";
import { readThemeCookie } from "~/http/theme";
import { DocumentProvider } from "~/layout/document-context";

/** Renders the document like the application, without what it knows of the viewer. */
export async function renderDocument(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
): Promise<Response> {
  let finalStatus = status;
  const nonce = crypto.randomUUID();
  const theme = readThemeCookie(request);
  const documentData = { viewer: null, theme, legalLinks: {}, prefetched: [] };
  const body = await renderToReadableStream(
    <NonceContext.Provider value={nonce}>
      <DocumentProvider data={documentData}>
        <RemixServer context={remixContext} url={request.url} nonce={nonce} />
      </DocumentProvider>
    </NonceContext.Provider>,
    {
      nonce,
      signal: request.signal,
      onError(error) {
        if (!request.signal.aborted) console.error(error);
        finalStatus = 500;
      },
    },
  );
  headers.set("Content-Type", "text/html; charset=utf-8");
  for (const link of preloadLinks(remixContext)) headers.append("Link", link);
  return new Response(body, { headers, status: finalStatus });
}
