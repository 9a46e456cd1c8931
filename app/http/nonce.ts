import { createContext, useContext } from "react";

/** The nonce of the document that the server renders. */
export const NonceContext = createContext<string | undefined>(undefined);

/** What a script needs to run under the site's Content-Security-Policy: set by the server, read off the document afterwards. */
export function useNonce(): string | undefined {
  return useContext(NonceContext) ?? documentNonce();
}

/** Browsers hide the nonce's attribute from style sheets and show it to scripts that already run. */
export function documentNonce(): string | undefined {
  if (typeof document === "undefined") return undefined;
  return document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce;
}
