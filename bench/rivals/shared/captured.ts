import type { LoaderFunctionArgs } from "@remix-run/cloudflare";

/** Loader data by route, captured by `bench/side-by-side/captured.ts`. */
type Page = Record<string, Record<string, unknown>>;

export interface RivalEnv {
  DB: D1Database;
  CLERK_SECRET_KEY: string;
  CLERK_API_URL: string;
  CLERK_WEBHOOK_SECRET: string;
  /** Captured pages by path, as JSON. */
  PAGES: string;
  /** The source of the user's record. */
  RECORD?: string;
}

declare module "@remix-run/cloudflare" {
  interface AppLoadContext {
    cloudflare: { env: RivalEnv; ctx: ExecutionContext };
  }
}

let pages: Record<string, Page> | undefined;

function pageAt(pathname: string, { PAGES }: RivalEnv): Page {
  pages ??= JSON.parse(PAGES);
  return pages?.[pathname.replace(/(\/_root)?\.data$/, "") || "/"] ?? {};
}

/** The application's loader data for this URL and route. */
export function captured({ request, context }: LoaderFunctionArgs, routeId: string) {
  return pageAt(new URL(request.url).pathname, context.cloudflare.env)[routeId] ?? {};
}

export const capturedLoader = (routeId: string) => (args: LoaderFunctionArgs) =>
  captured(args, routeId);
