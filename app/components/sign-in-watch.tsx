import { useEffect } from "react";

/**
 * For a document without Clerk: loads it anew when whoever looks at it has signed in meanwhile in another tab. Loaded as a
 * document it goes through Clerk's handshake, should the token be too old by then.
 */
export function SignInWatch() {
  useEffect(() => {
    const before = signInTimes();
    const look = () => {
      const now = signInTimes();
      if (now !== "" && now !== before) location.reload();
    };
    addEventListener("focus", look);
    document.addEventListener("visibilitychange", look);
    return () => {
      removeEventListener("focus", look);
      document.removeEventListener("visibilitychange", look);
    };
  }, []);
  return null;
}

/**
 * When this browser's sessions began, by the cookies in which Clerk tells it to servers (with and without the
 * instance's suffix); 0 where there is none. https://clerk.com/docs/guides/how-clerk-works/overview
 */
function signInTimes(): string {
  return document.cookie
    .split("; ")
    .filter((cookie) => cookie.startsWith("__client_uat") && !cookie.endsWith("=0"))
    .join();
}
