import { useNavigation, useRevalidator } from "@remix-run/react";
import { useEffect, useRef } from "react";

/**
 * For documents without Clerk: revalidates if the user has signed in in another tab, so that the
 * root route loads a document with Clerk. Reloads if the response is still anonymous: the token has
 * expired, and only a document request goes through Clerk's handshake.
 */
export function useReloadOnSignIn(): void {
  const { revalidate, state } = useRevalidator();
  const isIdle = useNavigation().state === "idle" && state === "idle";
  const hasChanged = useRef(false);
  useEffect(() => {
    const before = clerkClientCookies(document.cookie);
    const checkCookies = () => {
      const now = clerkClientCookies(document.cookie);
      if (document.hidden || hasChanged.current || now === "" || now === before) return;
      hasChanged.current = true;
      revalidate();
    };
    addEventListener("focus", checkCookies);
    document.addEventListener("visibilitychange", checkCookies);
    return () => {
      removeEventListener("focus", checkCookies);
      document.removeEventListener("visibilitychange", checkCookies);
    };
  }, [revalidate]);
  useEffect(() => {
    if (isIdle && hasChanged.current) location.reload();
  }, [isIdle]);
}

/** Changes with each sign-in; empty if signed out. */
const clerkClientCookies = (cookies: string) =>
  cookies
    .split("; ")
    .filter((cookie) => cookie.startsWith("__client_uat") && !cookie.endsWith("=0"))
    .join();
