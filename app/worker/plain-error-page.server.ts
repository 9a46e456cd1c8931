import { errorStatus, MissingEnvironmentError, problemResponse } from "~/errors";
import { plainPagePolicy } from "~/http/content-security-policy.server";
import { isApiPath } from "~/http/urls.server";
import { errorFields, type Log } from "~/log/log.server";
import { missingSettingsPage } from "./missing-settings-page.server";

interface RequestInfo {
  url: URL;
  requestId: string;
  log: Log;
  nonce: string;
}

/** The last resort: needs no route, style sheet, Clerk or D1. Shows only the request id. */
export function plainErrorPage(
  error: unknown,
  { url, requestId, nonce, log }: RequestInfo,
): Response {
  const status = errorStatus(error);
  log("request.failed", { status, ...errorFields(error) });
  if (isApiPath(url.pathname)) return problemResponse(status);
  if (error instanceof MissingEnvironmentError)
    return plainPage(status, nonce, missingSettingsPage);
  return plainPage(status, nonce, {
    title: "Something went wrong",
    text: "The site is temporarily unavailable. Please try again in a moment.",
    note: `If you contact us, please include this request ID: <code>${requestId}</code>`,
  });
}

/** For URLs that never reach Remix. */
export function notFoundPage(nonce: string): Response {
  return plainPage(404, nonce, {
    title: "Page not found",
    text: "The URL may be mistyped, or the page may have moved.",
    note: `<a href="/">Go to the course catalog</a>`,
  });
}

interface PageContent {
  title: string;
  /** HTML, like `note`. */
  text: string;
  note: string;
}

function plainPage(status: number, nonce: string, content: PageContent): Response {
  const headers = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": plainPagePolicy(nonce),
  };
  return new Response(page(nonce, content), { status, headers });
}

const page = (nonce: string, { title, text, note }: PageContent) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Courses Platform</title>
<style nonce="${nonce}">
  body { font: 1.0625rem/1.6 system-ui, sans-serif; max-width: 34rem; margin: 18vh auto 0; padding: 0 1.5rem }
  h1 { font-size: 1.6rem; line-height: 1.2; text-wrap: balance }
  code { font-size: .875rem; overflow-wrap: anywhere }
</style>
</head>
<body>
<h1>${title}</h1>
<p>${text}</p>
<p><small>${note}</small></p>
</body>
</html>
`;
