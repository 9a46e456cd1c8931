import { RemixBrowser } from "@remix-run/react";
import { StrictMode, startTransition } from "react";
import { hydrateRoot } from "react-dom/client";
import { ClerkComponentsContext, isMarked } from "./clerk/components-context";

async function hydrate(): Promise<void> {
  const clerk = isMarked(document) ? await import("./clerk/components") : null;
  startTransition(() => {
    hydrateRoot(
      document,
      <StrictMode>
        <ClerkComponentsContext.Provider value={clerk}>
          <RemixBrowser />
        </ClerkComponentsContext.Provider>
      </StrictMode>,
    );
  });
}

void hydrate();
