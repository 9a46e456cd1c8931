import { useEffect } from "react";
import type { Viewer } from "./root-data";
import { SiteHeader } from "./site-header";

/** Forces a full page load, for pages that the current document cannot show. */
export function ForceReload({ viewer }: { viewer: Viewer }) {
  useEffect(() => location.reload(), []);
  return (
    <>
      <SiteHeader viewer={viewer} userMenu={null} />
      <main id="content" tabIndex={-1} aria-busy="true" className="outline-none">
        <p role="status" className="sr-only">
          Loading page
        </p>
      </main>
    </>
  );
}
