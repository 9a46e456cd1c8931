import { createContext, useContext } from "react";
import { roles } from "~/db/enums";
import { useRootData, type Viewer } from "./root-data";

/** What every page shows; error pages have no loader data, so it comes with the document. */
export interface DocumentData {
  viewer: Viewer;
}

export const DocumentContext = createContext<DocumentData>({ viewer: null });

export function useViewer(): Viewer {
  const { viewer } = useContext(DocumentContext);
  const root = useRootData();
  return root ? root.viewer : viewer;
}

/** For `<html>`: the browser reads them before it hydrates. */
export function useDocumentAttributes() {
  const { viewer } = useContext(DocumentContext);
  return viewer && { "data-role": viewer.role ?? "", "data-impersonated": viewer.isImpersonated };
}

export function readDocumentData({ documentElement: { dataset } }: Document): DocumentData {
  if (dataset.role === undefined) return { viewer: null };
  const role = roles.find((role) => role === dataset.role) ?? null;
  return { viewer: { role, isImpersonated: dataset.impersonated === "true" } };
}
