import { statusOf } from "./errors";
import { createLog, errorFields } from "./log.server";

/**
 * The answer when nothing else can answer: the settings are unusable, or the worker itself failed. Needs no route, no style
 * sheet, no Clerk and no D1. Logs the cause and tells the client none of it, only the request id to ask about.
 */
export function failurePage(error: unknown, requestId: string): Response {
  const status = statusOf(error);
  createLog(requestId)("request.failed", { status, ...errorFields(error) });
  const headers = { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" };
  return new Response(page(requestId), { status, headers });
}

const page = (requestId: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Something went wrong · Courses Platform</title>
<style>
  body { font: 1.0625rem/1.6 system-ui, sans-serif; max-width: 34rem; margin: 18vh auto 0; padding: 0 1.5rem }
  h1 { font-size: 1.6rem; line-height: 1.2; text-wrap: balance }
  code { font-size: .875rem; overflow-wrap: anywhere }
</style>
</head>
<body>
<h1>Something went wrong on our side</h1>
<p>The site cannot answer right now. Please try again in a moment.</p>
<p><small>If you ask us about it, give us this number: <code>${requestId}</code></small></p>
</body>
</html>
`;
