import { UserButton } from "@clerk/clerk-react";
import type { ReactNode } from "react";
import { appearance } from "~/clerk/appearance";
import { ClerkApp } from "~/clerk/clerk-app";
import { useRevalidateOnSessionChange } from "~/clerk/use-revalidate-on-session-change";
import { UnsavedTextOffers } from "./unsaved-text-offers";
import { useCurrentClerkStatus } from "./use-current-clerk-status";
import { useKeepUnsavedText } from "./use-keep-unsaved-text";

interface ClerkSiteLayoutProps {
  nonce: string | undefined;
  children: ReactNode;
}

/** The site layout inside Clerk's provider. ClerkJS may redirect only within the site. */
export function ClerkSiteLayout({ nonce, children }: ClerkSiteLayoutProps) {
  return (
    <ClerkApp
      appearance={appearance}
      nonce={nonce}
      allowedRedirectOrigins={typeof location === "undefined" ? [] : [location.origin]}
    >
      <WithSession>{children}</WithSession>
    </ClerkApp>
  );
}

function WithSession({ children }: { children: ReactNode }) {
  useCurrentClerkStatus();
  useRevalidateOnSessionChange();
  useKeepUnsavedText();
  return (
    <>
      {children}
      <UnsavedTextOffers />
    </>
  );
}

export function UserMenu() {
  return <UserButton userProfileMode="navigation" userProfileUrl="/account" />;
}
