import { useAuth } from "@clerk/clerk-react";
import { useLocation, useNavigation } from "@remix-run/react";
import { useEffect, useState } from "react";
import { createPortal } from "react-dom";
import { buttonClass } from "~/ui/button";
import { discardUnsavedText, fillForm, findUnsavedText, postForms } from "./unsaved-text";

interface Offer {
  form: HTMLFormElement;
  fields: readonly (readonly [name: string, value: string])[];
  /** In the form, because the rest of the page is inert behind a dialog. */
  container: HTMLElement;
}

/** Offers what the user typed into a form before, and could not save. */
export function UnsavedTextOffers() {
  const userId = useAuth().userId ?? null;
  const [offers, setOffers] = useOffers(userId);
  return offers.map((offer) => {
    const { form, fields, container } = offer;
    const close = () => {
      if (userId) discardUnsavedText(userId, form);
      setOffers(offers.filter((other) => other !== offer));
    };
    const restore = () => {
      fillForm(form, fields);
      close();
    };
    return createPortal(
      <div role="status" className="grid gap-3 rounded-md border border-accent px-4 py-3">
        <p>You typed something here that was not saved.</p>
        <p className="flex flex-wrap gap-3">
          <button type="button" onClick={restore} className={buttonClass("secondary")}>
            Restore my text
          </button>
          <button type="button" onClick={close} className={buttonClass("secondary")}>
            Discard it
          </button>
        </p>
      </div>,
      container,
    );
  });
}

function useOffers(userId: string | null) {
  const [offers, setOffers] = useState<readonly Offer[]>([]);
  const { key } = useLocation();
  const isIdle = useNavigation().state === "idle";
  useEffect(() => {
    if (!userId || !isIdle) return;
    setOffers(postForms().flatMap((form) => findOffer(userId, form) ?? []));
  }, [userId, isIdle, key]);
  useEffect(() => {
    for (const { form, container } of offers) form.insertBefore(container, form.firstChild);
    return () => {
      for (const { container } of offers) container.remove();
    };
  }, [offers]);
  return [offers, setOffers] as const;
}

function findOffer(userId: string, form: HTMLFormElement): Offer | null {
  const fields = findUnsavedText(userId, form);
  if (!fields) return null;
  const container = document.createElement("div");
  container.className = "w-full";
  return { form, fields, container };
}
