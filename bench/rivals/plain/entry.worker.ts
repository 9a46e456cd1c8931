import { createRequestHandler } from "@remix-run/cloudflare";
import * as build from "@remix-run/dev/server-build";
import type { RivalEnv } from "../shared/captured";

/** The application's pages without any account code. */
const handle = createRequestHandler(build);

export default {
  fetch: (request, env, ctx) => handle(request, { cloudflare: { env, ctx } }),
} satisfies ExportedHandler<RivalEnv>;
