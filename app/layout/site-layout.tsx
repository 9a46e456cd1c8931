import { Outlet } from "@remix-run/react";
import { useClerkUi } from "./clerk-components-context";
import { LoadingBar } from "./loading-bar";
import { useRootData } from "./root-data";
import { SiteHeader } from "./site-header";

export function SiteLayout() {
  const viewer = useRootData()?.viewer ?? null;
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
