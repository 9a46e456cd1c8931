import type { LinksFunction } from "@remix-run/cloudflare";
import { Links, Meta, Outlet, ScrollRestoration, useLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import { useNonce } from "~/http/nonce";
import { useDocument, useDocumentAttributes } from "~/layout/document-context";
import { LoadingBar } from "~/layout/loading-bar";
import { PageScripts } from "~/layout/page-scripts";
import { RouteAnnouncer } from "~/layout/route-announcer";
import { SiteFooter } from "~/layout/site-footer";
import { SiteHeader } from "~/layout/site-header";
import sans from "~/styles/fonts/instrument-sans-basic.woff2";
import serif from "~/styles/fonts/newsreader-basic.woff2";

const font = { as: "font", type: "font/woff2", crossOrigin: "anonymous" } as const;

/** Remix cannot build a style sheet from outside of the rival's folder, so its URL is fixed. */
export const links: LinksFunction = () => [
  ...[serif, sans].map((href) => ({ rel: "preload", href, ...font })),
  { rel: "stylesheet", href: "/build/_assets/app-00000000.css" },
  { rel: "icon", href: "/favicon.ico", sizes: "32x32" },
  { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" },
  { rel: "apple-touch-icon", href: "/apple-touch-icon.png" },
  { rel: "manifest", href: "/manifest.webmanifest" },
];

export const meta = () => [{ title: "Courses Platform" }];

/** The application's layout without what accounts add to it. */
export function Layout({ children }: { children: ReactNode }) {
  const nonce = useNonce();
  const { theme } = useDocument();
  return (
    <html lang="en" {...useDocumentAttributes()}>
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
        {children}
        <SiteFooter />
        <RouteAnnouncer />
        <ScrollRestoration nonce={nonce} />
        <PageScripts nonce={nonce} />
      </body>
    </html>
  );
}

interface RootData {
  viewer: { isAdmin: boolean } | null;
}

export function Frame({ userMenu }: { userMenu?: ReactNode }) {
  const { viewer } = useLoaderData<RootData>();
  return (
    <>
      <LoadingBar />
      <SiteHeader viewer={viewer} userMenu={userMenu} />
      <main id="content" tabIndex={-1} className="outline-none">
        <Outlet />
      </main>
    </>
  );
}
