import { createContext, type ReactNode, useContext, useState } from "react";
import type { Theme } from "~/http/theme";
import { type DocumentData, documentAttributes } from "./document-data";
import { useRootData, type Viewer } from "./root-data";

interface DocumentState extends DocumentData {
  setTheme(theme: Theme): void;
}

const DocumentContext = createContext<DocumentState | null>(null);

/** Outside the router, whose error pages replace all components. */
export function DocumentProvider({ data, children }: { data: DocumentData; children: ReactNode }) {
  const [theme, setTheme] = useState(data.theme);
  return (
    <DocumentContext.Provider value={{ ...data, theme, setTheme }}>
      {children}
    </DocumentContext.Provider>
  );
}

export function useDocument(): DocumentState {
  const state = useContext(DocumentContext);
  if (!state) throw new Error("There is no DocumentProvider");
  return state;
}

export const useDocumentAttributes = () => documentAttributes(useDocument());

export function useViewer(): Viewer {
  const { viewer } = useDocument();
  const root = useRootData();
  return root ? root.viewer : viewer;
}
