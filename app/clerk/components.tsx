import { ClerkApp, UserButton } from "@clerk/remix";
import { SessionWatch } from "../components/session-watch";
import { SitePage } from "../components/site-page";
import { documentNonce } from "../nonce";
import { appearance } from "./appearance";

/** A page of the site inside Clerk's provider. ClerkJS gets the document's nonce and may redirect only within the site. */
export const ClerkPage = ClerkApp(WatchedPage, {
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
