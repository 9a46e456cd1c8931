import { useAuth, useClerk } from "@clerk/clerk-react";
import { useEffect, useRef } from "react";
import { useRefreshSession } from "~/clerk/use-refresh-session";
import { refreshBeforeSubmit } from "./refresh-before-submit";
import {
  clearOutdatedText,
  clearTextAtSignOut,
  clearUnsavedText,
  keepUnsavedText,
} from "./unsaved-text";

const channelName = "signed-out";

/**
 * Keeps what the user typed when the page is left, above all for sign-in after the session has
 * expired. Signing out deletes it, in all tabs.
 */
export function useKeepUnsavedText(): void {
  const userId = useAuth().userId ?? null;
  /** Still set after the session has expired. */
  const author = useRef(userId);
  useEffect(() => {
    if (!userId) return;
    author.current = userId;
    clearUnsavedText(userId);
  }, [userId]);
  useEffect(clearOutdatedText, []);
  useEffect(() => {
    const keep = () => author.current && keepUnsavedText(author.current);
    window.addEventListener("pagehide", keep);
    return () => window.removeEventListener("pagehide", keep);
  }, []);
  useOnSignOut(() => {
    author.current = null;
    clearTextAtSignOut();
  });
  const refreshSession = useRefreshSession();
  useEffect(() => refreshBeforeSubmit(refreshSession), [refreshSession]);
}

/** Not called when a session expires or is revoked. */
function useOnSignOut(onSignOut: () => void): void {
  const clerk = useClerk();
  const callback = useRef(onSignOut);
  callback.current = onSignOut;
  useEffect(() => {
    const channel = new BroadcastChannel(channelName);
    channel.onmessage = () => callback.current();
    let wasSignedIn = false;
    const unsubscribe = clerk.addListener(({ client, session }) => {
      // Only while signing out, ClerkJS reports an undefined session and no others.
      if (wasSignedIn && session === undefined && client.signedInSessions.length === 0) {
        wasSignedIn = false;
        callback.current();
        channel.postMessage(null);
      }
      if (session) wasSignedIn = true;
    });
    return () => {
      unsubscribe();
      channel.close();
    };
  }, [clerk]);
}
