import { useEffect } from "react";
import type { Viewer } from "./root-data";
import { SiteHeader } from "./site-header";

/** For a page that the document it has come into cannot show: the browser asks for it as a document of its own. */
export function ForceReload({ viewer }: { viewer: Viewer }) {
  useEffect(() => location.reload(), []);
  return (
    <>
      <SiteHeader viewer={viewer} userMenu={null} />
      <main id="content" tabIndex={-1} aria-busy="true" className="outline-none">
        <p role="status" className="sr-only">
          Loading the page
        </p>
      </main>
    </>
  );
}
