import { createContext, useContext } from "react";

export const NonceContext = createContext<string | undefined>(undefined);

/** The CSP nonce: from context on the server, from the document in the browser. */
export function useNonce(): string | undefined {
  return useContext(NonceContext) ?? documentNonce();
}

/** Browsers hide the attribute but expose the property to scripts. */
function documentNonce(): string | undefined {
  if (typeof document === "undefined") return undefined;
  return document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce;
}
