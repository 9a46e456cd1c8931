import { useNavigation, useRevalidator } from "@remix-run/react";
import { useEffect, useRef } from "react";

/**
 * For a document without Clerk: asks the server again when whoever comes back to it has signed in meanwhile in another tab. The
 * root route then loads a document with Clerk. Where the answer still knows nobody, the token is too old for data: a document
 * goes through Clerk's handshake.
 */
export function useReloadOnSignIn(): void {
  const { revalidate, state } = useRevalidator();
  const isIdle = useNavigation().state === "idle" && state === "idle";
  const hasChanged = useRef(false);
  useEffect(() => {
    const before = clerkClientCookies(document.cookie);
    const variant = () => {
      const now = clerkClientCookies(document.cookie);
      if (document.hidden || hasChanged.current || now === "" || now === before) return;
      hasChanged.current = true;
      revalidate();
    };
    addEventListener("focus", variant);
    document.addEventListener("visibilitychange", variant);
    return () => {
      removeEventListener("focus", variant);
      document.removeEventListener("visibilitychange", variant);
    };
  }, [revalidate]);
  useEffect(() => {
    if (isIdle && hasChanged.current) location.reload();
  }, [isIdle]);
}

/** When Clerk's client in this browser last changed, by its cookies; empty if nobody is signed in. */
const clerkClientCookies = (cookies: string) =>
  cookies
    .split("; ")
    .filter((cookie) => cookie.startsWith("__client_uat") && !cookie.endsWith("=0"))
    .join();
