import { ClerkApp, UserButton } from "@clerk/remix";
import { appearance } from "~/clerk/appearance";
import { useRevalidateOnSessionChange } from "~/clerk/use-revalidate-on-session-change";
import { documentNonce } from "~/http/nonce";
import { SiteLayout } from "./site-layout";
import { UnsavedTextOffers } from "./unsaved-text-offers";
import { useKeepUnsavedText } from "./use-keep-unsaved-text";

/** The site layout inside Clerk's provider. ClerkJS may redirect only within the site. */
export const ClerkSiteLayout = ClerkApp(SiteLayoutWithSession, {
  appearance,
  nonce: documentNonce(),
  allowedRedirectOrigins: typeof location === "undefined" ? [] : [location.origin],
});

function SiteLayoutWithSession() {
  useRevalidateOnSessionChange();
  useKeepUnsavedText();
  return (
    <>
      <SiteLayout />
      <UnsavedTextOffers />
    </>
  );
}

export function UserMenu() {
  return <UserButton userProfileMode="navigation" userProfileUrl="/account" />;
}
