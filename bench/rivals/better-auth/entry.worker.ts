import { createRequestHandler } from "@remix-run/cloudflare";
import * as build from "@remix-run/dev/server-build";
import { authOf, type BetterAuthEnv } from "./auth.server";
import { type Person, personOf } from "./person";

declare module "@remix-run/cloudflare" {
  interface AppLoadContext {
    /** Read once per request; absent in rivals without Better Auth. */
    person?: Person | null;
  }
}

const handle = createRequestHandler(build);

export default {
  async fetch(request, env, ctx) {
    const auth = authOf(env);
    if (new URL(request.url).pathname.startsWith("/api/auth/")) return auth.handler(request);
    const session = await auth.api.getSession({ headers: request.headers });
    return handle(request, { cloudflare: { env, ctx }, person: personOf(session?.user) });
  },
} satisfies ExportedHandler<BetterAuthEnv>;
