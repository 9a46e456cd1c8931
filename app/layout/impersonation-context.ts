import { createContext, useContext } from "react";
import { useRootData } from "./root-data";

/** Whether the document was requested by a person who is signed in as another user. */
export const ImpersonationContext = createContext(false);

const attribute = "data-impersonated";

/** For `<html>`: error pages have no loader data in the browser. */
export const useImpersonationAttribute = () =>
  useContext(ImpersonationContext) ? { [attribute]: "" } : {};

export const isImpersonated = (document: Document) =>
  document.documentElement.hasAttribute(attribute);

export function useIsImpersonated(): boolean {
  const isOfDocument = useContext(ImpersonationContext);
  const root = useRootData();
  return root ? (root.viewer?.isImpersonated ?? false) : isOfDocument;
}
