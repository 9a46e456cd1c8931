import { RemixBrowser } from "@remix-run/react";
import { hydrateRoot } from "react-dom/client";
import { DocumentProvider } from "~/layout/document-context";
import { readDocumentData } from "~/layout/document-data";

export function hydrate(): void {
  hydrateRoot(
    document,
    <DocumentProvider data={readDocumentData(document)}>
      <RemixBrowser />
    </DocumentProvider>,
  );
}
