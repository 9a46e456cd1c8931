import { UserButton } from "@clerk/clerk-react";
import { appearance } from "~/clerk/appearance";
import { ClerkApp } from "~/clerk/clerk-app";
import { useRevalidateOnSessionChange } from "~/clerk/use-revalidate-on-session-change";
import { documentNonce } from "~/http/nonce";
import { SiteLayout } from "./site-layout";
import { UnsavedTextOffers } from "./unsaved-text-offers";
import { useKeepUnsavedText } from "./use-keep-unsaved-text";

/** The site layout inside Clerk's provider. ClerkJS may redirect only within the site. */
export function ClerkSiteLayout() {
  return (
    <ClerkApp
      appearance={appearance}
      nonce={documentNonce()}
      allowedRedirectOrigins={typeof location === "undefined" ? [] : [location.origin]}
    >
      <SiteLayoutWithSession />
    </ClerkApp>
  );
}

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
