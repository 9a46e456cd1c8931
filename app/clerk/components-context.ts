import { createContext, useContext } from "react";

/**
 * Clerk's components are a third of a page's scripts, and load twice as much as all of it: a part of their own, for documents that
 * use it.
 */
export type ClerkComponents = typeof import("./components");

/** What a document has of Clerk's components, from its first moment to its last; null where it does without. */
export const ClerkComponentsContext = createContext<ClerkComponents | null>(null);

export const useClerkComponents = () => useContext(ClerkComponentsContext);

const mark = "data-clerk";

/** For the element `<html>`: the browser has to know before it hydrates. */
export const markOf = (clerk: ClerkComponents | null) => (clerk ? { [mark]: "" } : {});

export const isMarked = (document: Document) => document.documentElement.hasAttribute(mark);

/** Whether a page has use for Clerk: somebody is signed in, or one of its routes says so (`handle = { usesClerk: true }`). */
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
