import { Outlet, useLoaderData } from "@remix-run/react";
import type { loader as rootLoader } from "~/root";
import { useClerkUi } from "./clerk-components-context";
import { LoadingBar } from "./loading-bar";
import { SiteHeader } from "./site-header";

/** What the root route shows: the header, and the page below it. */
export function SitePage() {
  const { viewer } = useLoaderData<typeof rootLoader>();
  const clerk = useClerkUi();
  return (
    <>
      <LoadingBar />
      <SiteHeader viewer={viewer} userMenu={clerk && <clerk.UserMenu />} />
      <main id="content" tabIndex={-1} className="outline-none">
        <Outlet />
      </main>
    </>
  );
}
