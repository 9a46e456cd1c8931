import { ClerkApp } from "@clerk/remix";
import { rootAuthLoader } from "@clerk/remix/ssr.server";
import sans from "@fontsource-variable/instrument-sans/files/instrument-sans-latin-wght-normal.woff2";
import serif from "@fontsource-variable/newsreader/files/newsreader-latin-opsz-normal.woff2";
import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import {
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useLoaderData,
  useRouteError,
} from "@remix-run/react";
import type { ReactNode } from "react";
import { afterSignInPath } from "./access/redirects.server";
import { appearance } from "./clerk/appearance";
import { componentStateOf } from "./clerk/component-state.server";
import { ErrorPage } from "./components/error-page";
import { LoadingBar } from "./components/loading-bar";
import { SessionWatch } from "./components/session-watch";
import { SiteHeader, type Viewer } from "./components/site-header";
import { browserEnvironment } from "./env.server";
import { documentNonce, useNonce } from "./nonce";
import { shouldRevalidateUnlessRefused } from "./revalidation";
import stylesheet from "./styles/app.css";

export const handle = { access: "public" };

const font = { as: "font", type: "font/woff2", crossOrigin: "anonymous" } as const;

export const links: LinksFunction = () => [
  ...[serif, sans].map((href) => ({ rel: "preload", href, ...font })),
  { rel: "stylesheet", href: stylesheet },
  { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" },
];

export const meta: MetaFunction = () => [{ title: "Courses Platform" }];

export const shouldRevalidate = shouldRevalidateUnlessRefused;

/** Clerk's state for its components, the browser's half of the settings, and whom the header speaks to. */
export async function loader(args: LoaderFunctionArgs) {
  const { environment, session } = args.context;
  const clerk = await componentStateOf(args, (asked) =>
    rootAuthLoader(asked, {
      authorizedParties: [environment.SERVER_URL],
      signInUrl: environment.CLERK_SIGN_IN_URL,
      signUpUrl: environment.CLERK_SIGN_UP_URL,
      signInFallbackRedirectUrl: afterSignInPath,
      signUpFallbackRedirectUrl: afterSignInPath,
      ...(environment.CLERK_JWT_KEY && { jwtKey: environment.CLERK_JWT_KEY }),
    }),
  );
  const viewer: Viewer = session && { role: session.claims.role };
  return { ...clerk, env: browserEnvironment(environment), viewer };
}

/** The document of every page and of the error page: it may use neither Clerk nor loader data. */
export function Layout({ children }: { children: ReactNode }) {
  const nonce = useNonce();
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
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

function App() {
  const { env, viewer } = useLoaderData<typeof loader>();
  return (
    <>
      <SessionWatch />
      <LoadingBar />
      <SiteHeader viewer={viewer} signInUrl={env.CLERK_SIGN_IN_URL} />
      <main id="content" tabIndex={-1} className="outline-none">
        <Outlet />
      </main>
    </>
  );
}

/** ClerkJS runs in the browser alone: its script carries the document's nonce, and it leads people to no other site. */
export default ClerkApp(App, {
  appearance,
  nonce: documentNonce(),
  allowedRedirectOrigins: typeof location === "undefined" ? [] : [location.origin],
});

export function ErrorBoundary() {
  return <ErrorPage error={useRouteError()} />;
}
