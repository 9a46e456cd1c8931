import type { LoaderFunctionArgs } from "@remix-run/cloudflare";

/** What the application's loaders returned for a page, by route, as `bench/side-by-side/captured.ts` has read it. */
type Page = Record<string, Record<string, unknown>>;

/** The bindings of a rival: those of the application, and what its pages showed. */
export interface RivalEnv {
  DB: D1Database;
  CLERK_SECRET_KEY: string;
  CLERK_API_URL: string;
  CLERK_WEBHOOK_SECRET: string;
  /** JSON of captured pages by path. */
  PAGES: string;
  /** Where a rival that signs people in finds their record. */
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

/** What the application showed at this address in this route: a rival shows the same, at no cost of its own. */
export function captured({ request, context }: LoaderFunctionArgs, routeId: string) {
  return pageAt(new URL(request.url).pathname, context.cloudflare.env)[routeId] ?? {};
}

/** A loader that returns what was captured for a route. */
export const capturedLoader = (routeId: string) => (args: LoaderFunctionArgs) =>
  captured(args, routeId);
