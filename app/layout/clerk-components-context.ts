import { type ComponentType, createContext, type ReactNode, useContext } from "react";

/** Clerk's React components in a separate chunk, which signed-out pages do not load. */
export interface ClerkUi {
  ClerkSiteLayout: ComponentType<{ nonce: string | undefined; children: ReactNode }>;
  UserMenu: ComponentType;
}

/** Clerk UI for this document, or null. Never changes within a document. */
export const ClerkUiContext = createContext<ClerkUi | null>(null);

export const useClerkUi = () => useContext(ClerkUiContext);

const attribute = "data-clerk";

/** For `<html>`: the browser must know before hydration whether to load Clerk. */
export const clerkAttribute = (clerk: ClerkUi | null) => (clerk ? { [attribute]: "" } : {});

export const hasClerk = (document: Document) => document.documentElement.hasAttribute(attribute);

/** True if the user is signed in or a matched route has `handle = { usesClerk: true }`. */
export function needsClerk(isSignedIn: boolean, handles: readonly unknown[]): boolean {
  return isSignedIn || handles.some(usesClerk);
}

function usesClerk(handle: unknown): boolean {
  return (
    typeof handle === "object" &&
    handle !== null &&
    "usesClerk" in handle &&
    handle.usesClerk === true
  );
}
