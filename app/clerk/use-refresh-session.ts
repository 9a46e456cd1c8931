import { useClerk } from "@clerk/clerk-react";
import { useCallback } from "react";

type ClerkOfPage = ReturnType<typeof useClerk>;

/** Then the form is sent anyway; the worker asks to sign in. */
const timeoutMs = 5_000;

/** True if the worker will accept the session cookie. Clocks may differ by a few seconds. */
export function hasFreshToken(): boolean {
  return Math.max(0, ...tokenExpiries(document.cookie)) * 1000 > Date.now() + 2_000;
}

/** Renews the session token if it has expired, for example while the computer was asleep. */
export function useRefreshSession(): () => Promise<void> {
  const clerk = useClerk();
  return useCallback(async () => {
    if (hasFreshToken()) return;
    const timeout = new Promise<void>((resolve) => setTimeout(resolve, timeoutMs));
    await Promise.race([renewToken(clerk), timeout]);
  }, [clerk]);
}

async function renewToken(clerk: ClerkOfPage): Promise<void> {
  await untilLoaded(clerk);
  // Fails if the session has ended.
  await clerk.session?.getToken({ skipCache: true }).catch(() => null);
}

/** Also resolves if ClerkJS cannot be loaded. */
function untilLoaded(clerk: ClerkOfPage): Promise<void> {
  return new Promise((resolve) => {
    const check = (status: ClerkOfPage["status"]) => status !== "loading" && resolve();
    clerk.on("status", check, { notify: true });
  });
}

/** In seconds since the epoch. */
function tokenExpiries(cookies: string): number[] {
  const tokens = [...cookies.matchAll(/(?:^|; )__session(?:_[\w-]+)?=[^.;]*\.([^.;]*)\./g)];
  return tokens.map(([, payload = ""]) => expiryOf(payload));
}

/** 0 if the cookie is broken. */
function expiryOf(payload: string): number {
  try {
    const claims = atob(payload.replaceAll("-", "+").replaceAll("_", "/"));
    return Number(/"exp":(\d+)/.exec(claims)?.[1] ?? 0);
  } catch {
    return 0;
  }
}
