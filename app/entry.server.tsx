import type { AppLoadContext, EntryContext, HandleErrorFunction } from "@remix-run/cloudflare";
import { isRouteErrorResponse, RemixServer } from "@remix-run/react";
import { renderToReadableStream } from "react-dom/server";
import { clerkScriptUrl, prefetchedScripts } from "~/clerk/clerk-js-url.server";
import { clerkPreloadLinks, preloadLinks } from "~/http/early-hints.server";
import { NonceContext } from "~/http/nonce";
import { readThemeCookie } from "~/http/theme";
import { ClerkUiContext, needsClerk } from "~/layout/clerk-components-context";
import { DocumentProvider } from "~/layout/document-context";
import { toLegalLinks } from "~/layout/legal-links";
import { toViewer } from "~/layout/to-viewer.server";
import { errorFields } from "~/log/log.server";
import { logRequestError } from "~/worker/request-log.server";

/** Loaders await their data, so the page is complete when the stream starts. */
export default async function handleDocument(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  { environment, log, nonce, session }: AppLoadContext,
): Promise<Response> {
  let finalStatus = status;
  const usesClerk = showsClerk(remixContext, session !== null);
  const clerk = usesClerk ? await import("~/layout/clerk-site-layout") : null;
  const documentData = {
    viewer: toViewer(session),
    theme: readThemeCookie(request),
    legalLinks: toLegalLinks(environment),
    prefetched: usesClerk ? prefetchedScripts(environment, request.url) : [],
  };
  const body = await renderToReadableStream(
    <NonceContext.Provider value={nonce}>
      <ClerkUiContext.Provider value={clerk}>
        <DocumentProvider data={documentData}>
          <RemixServer context={remixContext} url={request.url} nonce={nonce} />
        </DocumentProvider>
      </ClerkUiContext.Provider>
    </NonceContext.Provider>,
    {
      nonce,
      signal: request.signal,
      onError(error) {
        finalStatus = 500;
        if (!request.signal.aborted) log("render.failed", errorFields(error));
      },
    },
  );
  headers.set("Content-Type", "text/html; charset=utf-8");
  const links = preloadLinks(remixContext);
  if (clerk) {
    links.push(...clerkPreloadLinks(remixContext, clerkScriptUrl(environment, request.url)));
  }
  for (const link of links) headers.append("Link", link);
  return new Response(body, { headers, status: finalStatus });
}

/** Error pages do not use Clerk. */
function showsClerk(
  { staticHandlerContext: { errors, matches }, routeModules }: EntryContext,
  isSignedIn: boolean,
): boolean {
  const handles = matches.map(({ route }) => routeModules[route.id]?.handle);
  return errors === null && needsClerk(isSignedIn, handles);
}

/** Logs only unexpected errors; a 404 is not one. */
export const handleError: HandleErrorFunction = (error, { request, context }) => {
  const expected = isRouteErrorResponse(error) && error.status < 500;
  if (!expected && !request.signal.aborted) logRequestError(context, error);
};
