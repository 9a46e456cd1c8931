import { ClerkApp, UserButton } from "@clerk/remix";
import { appearance } from "~/clerk/appearance";
import { SessionWatch } from "~/clerk/use-revalidate-on-session-change";
import { documentNonce } from "~/http/nonce";
import { SitePage } from "./site-layout";

/** A page of the site inside Clerk's provider. ClerkJS gets the document's nonce and may redirect only within the site. */
export const ClerkSiteLayout = ClerkApp(WatchedPage, {
  appearance,
  nonce: documentNonce(),
  allowedRedirectOrigins: typeof location === "undefined" ? [] : [location.origin],
});

function WatchedPage() {
  return (
    <>
      <SessionWatch />
      <SitePage />
    </>
  );
}

export function UserMenu() {
  return <UserButton userProfileMode="navigation" userProfileUrl="/account" />;
}
