import { createRequestHandler } from "@remix-run/cloudflare";
import * as build from "@remix-run/dev/server-build";
import type { RivalEnv } from "../shared/captured";

/** Clerk's documented pattern: https://clerk.com/docs/references/remix/read-session-data */
const handle = createRequestHandler(build);

export default {
  fetch: (request, env, ctx) => handle(request, { cloudflare: { env, ctx } }),
} satisfies ExportedHandler<RivalEnv>;
