import { createHash } from "node:crypto";

const path = "/__live-reload";

/** Runs in each page: reloads it when a connection reaches another build. */
const script = `
  let build;
  new EventSource("${path}").onmessage = ({ data }) => {
    build ??= data;
    if (build !== data) location.reload();
  };
`;

/** For the Content-Security-Policy. */
export const liveReloadHash = `sha256-${createHash("sha256").update(script).digest("base64")}`;

/** A module around the worker that tells pages which build it is. */
export function withLiveReload(workerPath: string): string {
  return `
import worker from "./${workerPath}";

const build = "${Date.now()}";

function announce() {
  const encoder = new TextEncoder();
  const message = encoder.encode("retry: 100\\ndata: " + build + "\\n\\n");
  const start = (controller) => controller.enqueue(message);
  // Without timers, the runtime would cancel a response that never ends.
  const pull = (controller) => scheduler.wait(10_000).then(() => controller.enqueue(message));
  const headers = { "Content-Type": "text/event-stream", "Cache-Control": "no-store" };
  return new Response(new ReadableStream({ start, pull }), { headers });
}

const addScript = new HTMLRewriter().on("body", {
  element: (body) => body.append(${JSON.stringify(`<script>${script}</script>`)}, { html: true }),
});

export default {
  ...worker,
  async fetch(request, env, ctx) {
    if (new URL(request.url).pathname === "${path}") return announce();
    const response = await worker.fetch(request, env, ctx);
    const isHtml = response.headers.get("Content-Type")?.startsWith("text/html");
    return isHtml ? addScript.transform(response) : response;
  },
};
`;
}
