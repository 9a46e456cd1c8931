import { rootAuthLoader } from "@clerk/remix/ssr.server";
import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import {
  Links,
  Meta,
  ScrollRestoration,
  useLoaderData,
  useMatches,
  useRouteError,
} from "@remix-run/react";
import type { ReactNode } from "react";
import { clerkOptions, loadClerkState } from "~/clerk/clerk-state.server";
import { useNonce } from "~/http/nonce";
import { shouldRevalidateUnlessFailed } from "~/http/revalidation";
import { clerkAttribute, needsClerk, useClerkUi } from "~/layout/clerk-components-context";
import { ClerkScriptPreloads } from "~/layout/clerk-script-preloads";
import { useDocument, useDocumentAttributes } from "~/layout/document-context";
import { ErrorPage, errorTitle } from "~/layout/error-page";
import { ForceReload } from "~/layout/force-reload";
import { ImpersonationBanner } from "~/layout/impersonation-banner";
import { PageScripts } from "~/layout/page-scripts";
import { RouteAnnouncer } from "~/layout/route-announcer";
import { SiteFooter } from "~/layout/site-footer";
import { SiteLayout } from "~/layout/site-layout";
import { toViewer } from "~/layout/to-viewer.server";
import { useReloadOnSignIn } from "~/layout/use-reload-on-sign-in";
import { browserEnvironment } from "./env.server";
import stylesheet from "./styles/app.css";
import sans from "./styles/fonts/instrument-sans-basic.woff2";
import serif from "./styles/fonts/newsreader-basic.woff2";

export const handle = { access: "public" };

const font = { as: "font", type: "font/woff2", crossOrigin: "anonymous" } as const;

export const links: LinksFunction = () => [
  ...[serif, sans].map((href) => ({ rel: "preload", href, ...font })),
  { rel: "stylesheet", href: stylesheet },
  { rel: "icon", href: "/favicon.ico", sizes: "32x32" },
  { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" },
  { rel: "apple-touch-icon", href: "/apple-touch-icon.png" },
  { rel: "manifest", href: "/manifest.webmanifest" },
];

/** Also of error pages; every other page has a title of its own. */
export const meta: MetaFunction = ({ error }) => [
  { title: error ? `${errorTitle(error)} · Courses Platform` : "Courses Platform" },
];

export const shouldRevalidate = shouldRevalidateUnlessFailed;

export async function loader(args: LoaderFunctionArgs) {
  const { environment, session } = args.context;
  const clerkData = await loadClerkState(args, (verified) =>
    rootAuthLoader(verified, clerkOptions(environment)),
  );
  return { ...clerkData, env: browserEnvironment(environment), viewer: toViewer(session) };
}

/** Also used by the error page, so it must not depend on Clerk or loader data. */
export function Layout({ children }: { children: ReactNode }) {
  const nonce = useNonce();
  const { theme } = useDocument();
  return (
    <html lang="en" {...clerkAttribute(useClerkUi())} {...useDocumentAttributes()}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content={theme === "system" ? "light dark" : theme} />
        <Meta />
        <Links />
      </head>
      <body className="flex min-h-dvh flex-col print:block">
        <a
          href="#content"
          className="sr-only rounded-md bg-surface font-medium focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-10 focus:px-4 focus:py-2"
        >
          Skip to content
        </a>
        <ImpersonationBanner />
        {children}
        <SiteFooter />
        <RouteAnnouncer />
        <ScrollRestoration nonce={nonce} />
        <PageScripts nonce={nonce} />
        <ClerkScriptPreloads />
      </body>
    </html>
  );
}

/** ClerkJS loads only if a page needs it; navigating to such a page reloads the document. */
export default function Root() {
  const { viewer } = useLoaderData<typeof loader>();
  const handles = useMatches().map(({ handle }) => handle);
  const clerk = useClerkUi();
  const nonce = useNonce();
  if (clerk)
    return (
      <clerk.ClerkSiteLayout nonce={nonce}>
        <SiteLayout />
      </clerk.ClerkSiteLayout>
    );
  if (needsClerk(viewer !== null, handles)) return <ForceReload viewer={viewer} />;
  return <SignedOutSite />;
}

function SignedOutSite() {
  useReloadOnSignIn();
  return <SiteLayout />;
}

export function ErrorBoundary() {
  return <ErrorPage error={useRouteError()} />;
}
