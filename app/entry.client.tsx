import { RemixBrowser } from "@remix-run/react";
import { StrictMode, startTransition } from "react";
import { hydrateRoot } from "react-dom/client";
import { ClerkUiContext, hasClerk } from "~/layout/clerk-components-context";

async function hydrate(): Promise<void> {
  const clerk = hasClerk(document) ? await import("~/layout/clerk-site-layout") : null;
  startTransition(() => {
    hydrateRoot(
      document,
      <StrictMode>
        <ClerkUiContext.Provider value={clerk}>
          <RemixBrowser />
        </ClerkUiContext.Provider>
      </StrictMode>,
    );
  });
}

void hydrate();
