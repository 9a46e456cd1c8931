import type { EntryContext } from "@remix-run/cloudflare";
import { RemixServer } from "@remix-run/react";
import { isbot } from "isbot";
import { renderToReadableStream } from "react-dom/server";

/** Streams the document like Remix's Cloudflare template. */
export async function streamDocument(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
): Promise<Response> {
  let finalStatus = status;
  const body = await renderToReadableStream(
    <RemixServer context={remixContext} url={request.url} abortDelay={5_000} />,
    {
      signal: request.signal,
      onError(error) {
        if (!request.signal.aborted) console.error(error);
        finalStatus = 500;
      },
    },
  );
  if (isbot(request.headers.get("User-Agent"))) await body.allReady;
  headers.set("Content-Type", "text/html");
  return new Response(body, { headers, status: finalStatus });
}
