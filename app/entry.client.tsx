import { RemixBrowser } from "@remix-run/react";
import { StrictMode, startTransition, useEffect } from "react";
import { hydrateRoot } from "react-dom/client";
import { ClerkUiContext, hasClerk } from "~/layout/clerk-components-context";
import { DocumentProvider } from "~/layout/document-context";
import { readDocumentData } from "~/layout/document-data";
import { keepTypedText } from "~/layout/keep-typed-text";

function Hydrated({ onHydrated }: { onHydrated: () => void }) {
  useEffect(onHydrated, [onHydrated]);
  return <RemixBrowser />;
}

async function hydrate(): Promise<void> {
  const documentData = readDocumentData(document);
  const clerk = hasClerk(document) ? await import("~/layout/clerk-site-layout") : null;
  const restoreTypedText = keepTypedText();
  startTransition(() => {
    hydrateRoot(
      document,
      <StrictMode>
        <ClerkUiContext.Provider value={clerk}>
          <DocumentProvider data={documentData}>
            <Hydrated onHydrated={restoreTypedText} />
          </DocumentProvider>
        </ClerkUiContext.Provider>
      </StrictMode>,
    );
  });
}

void hydrate();
