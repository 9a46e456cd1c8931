import { type ComponentType, createContext, useContext } from "react";

/** What the site's frame shows of Clerk's React SDK. A chunk of its own, which signed-out pages do not load. */
export interface ClerkUi {
  /** A page of the site inside Clerk's provider. */
  ClerkSiteLayout: ComponentType;
  UserMenu: ComponentType;
}

/** Clerk's UI for this document, or null. It stays the same until another document is loaded. */
export const ClerkUiContext = createContext<ClerkUi | null>(null);

export const useClerkUi = () => useContext(ClerkUiContext);

const attribute = "data-clerk";

/** Marks the `<html>` of a document with Clerk: the browser has to know before it hydrates. */
export const clerkAttribute = (clerk: ClerkUi | null) => (clerk ? { [attribute]: "" } : {});

export const hasClerk = (document: Document) => document.documentElement.hasAttribute(attribute);

/** True if somebody is signed in, or if a matched route says so: `handle = { usesClerk: true }`. */
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
