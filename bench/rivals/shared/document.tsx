import { Links, Meta, Outlet, Scripts, ScrollRestoration, useLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import { SiteHeader } from "~/layout/site-header";

/** Matches the size of the application's document. */
export function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <Meta />
        <Links />
      </head>
      <body>
        <a
          href="#content"
          className="sr-only rounded-md bg-surface font-medium focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-10 focus:px-4 focus:py-2"
        >
          Skip to content
        </a>
        {children}
        <ScrollRestoration />
        <Scripts />
      </body>
    </html>
  );
}

interface RootData {
  viewer: { role: string | null } | null;
}

export function Frame({ userMenu }: { userMenu?: ReactNode }) {
  const { viewer } = useLoaderData<RootData>();
  return (
    <>
      <SiteHeader viewer={viewer} userMenu={userMenu} />
      <main id="content" tabIndex={-1} className="outline-none">
        <Outlet />
      </main>
    </>
  );
}

export const links = () => [
  { rel: "preload", href: "/build/serif.woff2", as: "font", type: "font/woff2" },
  { rel: "preload", href: "/build/sans.woff2", as: "font", type: "font/woff2" },
  { rel: "stylesheet", href: "/build/app.css" },
  { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" },
];

export const meta = () => [{ title: "Courses Platform" }];
